"""Other languages than the one that the rule book and the report are written in.

A language is one gettext file in each of two folders: `languages/` in the rule book's own, for the
texts of the book, and `reports/languages/`, for the words around them.  The English text is the
key.  What has no translation, or one that waits to be looked at again, stays English.

Not here: which texts people read (`triage.book.texts`).
"""
