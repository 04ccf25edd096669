"""Load columns of sheets with fastexcel alone, one sheet after the other: `bare_read.py PLAN`.

The plan is JSON: a list of [workbook, sheet, row of the header, columns by their place].
"""

import json
import sys
from pathlib import Path

import fastexcel


def main(plan: str) -> None:
    """Load each sheet, in the way of the library that is quickest, and let go of it."""
    for workbook, sheet, row, columns in json.loads(Path(plan).read_text("utf-8")):
        fastexcel.read_excel(workbook).load_sheet(
            sheet, header_row=row - 1, use_columns=columns, dtypes="string", eager=True
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
