"""The take-home report: what it says, and how text, HTML or a PDF is made of it."""
