"""Reads the file that the test `the_file_is_byte_for_byte_the_one_that_pyarrow_read` writes, and compares every value.

    VSA_AUDIT_WRITE_PARQUET=/tmp/t.parquet cargo test --lib the_file_is_byte_for_byte
    python3 tests/parity/parquet_reader.py /tmp/t.parquet      (pyarrow 26.0.1)

Prints the SHA-256 that stands in src/record/table/parquet.rs.
"""
import hashlib, sys
import pyarrow, pyarrow.parquet

table = pyarrow.parquet.read_table(sys.argv[1])
rows = 1000
assert table.num_rows == rows
assert [str(kind) for kind in table.schema.types] == ["string", "double", "int64"], table.schema
assert table["name"].to_pylist() == [None if at % 3 == 0 else f"né {at}" for at in range(rows)]
assert table["value"].to_pylist() == [None if at % 5 == 1 else at / 7 for at in range(rows)]
assert table["count"].to_pylist() == [None if at == 2 else 3 - at for at in range(rows)]
print(pyarrow.__version__, hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())
