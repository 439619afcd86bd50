"""The take-home report: what it holds, its pages, and it as text, HTML or PDF."""
