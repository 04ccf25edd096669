"""Read a sheet as one does with pandas: `python pandas_read.py WORKBOOK SHEET ROW`."""

import sys

import pandas as pd


def main(workbook: str, sheet: str, row: str) -> None:
    """Read it by openpyxl, which is what pandas takes for .xlsx."""
    pd.read_excel(workbook, sheet_name=sheet, header=int(row) - 1, engine="openpyxl")


if __name__ == "__main__":
    main(*sys.argv[1:])
