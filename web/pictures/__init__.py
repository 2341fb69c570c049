"""Pictures made on the server: SVG whose every node is a link, drawn so that no label lies on another.

A picture decorates a table that says the same. Colours stand as attributes, not as styles, so that a saved picture
looks like the one on the page and the content security policy holds.
"""
