"""The layouts of forms that are known by name; what each looks like is said in `profiles`.

In a module of its own, so that `--help` can name them without the time that reading forms needs.
"""

TEMPLATE = "template"
REDCAP = "redcap"
GOOGLE = "google"
MICROSOFT = "microsoft"
FHIR = "fhir"
LAYOUTS = (TEMPLATE, REDCAP, GOOGLE, MICROSOFT, FHIR)
