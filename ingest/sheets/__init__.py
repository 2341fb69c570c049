"""Label tables: forms (個票, 事業調書) in which label cells stand beside, above or before the words that belong to them.

A sheet is read row by row: a label opens a field, cells without a label go on with the field that is open. So labels may
stand in any column, values may be cut by a page, and a row that lost its label is still understood by what it holds.
"""
