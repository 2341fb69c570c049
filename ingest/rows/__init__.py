"""Header tables: a row of labels above, one project a row below (annexes, 体系図, lists of results).

Columns are found by their headings, never by their place. A conversion may shift the cells of single rows; so each row is
laid against the headings by what its cells hold. Blank cells carry on from the row above; a row without a name continues it.
"""
