"""How easy the rule book's texts are to read: the grade, long sentences, unexplained terms.

One idea a file: counting words and syllables (`counting`), which texts there are and what is read
together (`texts`), and what is asked of them (`reading`).
"""
