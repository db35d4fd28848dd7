#!/usr/bin/env python3
"""Times Parquet in RegisterEngine and in DuckDB on the same files, in turn, and checks that both print the same.

    python3 benchmarks/peers/parquet.py [--extracts PATTERN] [--rounds 5] [--persons 480000] [--results FILE]

DuckDB writes the register as one Parquet file, typed and again as texts. The national job of run.py reads them, whole process against whole process: the
columns that it needs, as DuckDB does, and again all columns, which DuckDB never reads.
Decoding alone (the sums of the numeric columns that the job needs) and writing the panel are timed inside both processes.
"""
import glob
import os
import subprocess
import tempfile

from run import HERE, build, in_turn, measure, parse, register, report, table

NEEDED = ["aar", "personid", "fodselsaar", "kommunenr", "orgnr", "stillingskode", "stillingsprosent"]


def measure_inside(command):
    """What a command printed, and the seconds of wall and processor that it says it took."""
    printed, (_, _, memory) = measure(command)
    *answer, seconds = printed.splitlines()
    wall, processor = map(float, seconds.split()[1:])
    return answer, (wall, processor, memory)


def main():
    options = parse(__doc__)
    with tempfile.TemporaryDirectory() as scratch:
        national = build(os.path.join(scratch, "national"))
        decoder = build(os.path.join(scratch, "columns"), "columns")
        extracts = register(options, scratch)
        subprocess.run(["node", "parquet.mjs", "make", extracts, scratch], cwd=HERE, check=True)
        lines = []
        for name in ["typed", "text"]:
            file = os.path.join(scratch, f"{name}.parquet")
            for columns, more in [("needed", ["needed"]), ("all", [])]:
                rounds = in_turn(f"{name}, {columns} columns", options.rounds, [national, file, *more], ["node", "national.mjs", file])
                lines += [*table(f"national job, {name} Parquet, {os.path.getsize(file) / 1e6:.0f} MB, {columns} columns", rounds), ""]
        typed, ours, theirs = (os.path.join(scratch, f"{name}.parquet") for name in ["typed", "ours", "theirs"])
        rounds = in_turn("decode", options.rounds, [decoder, "sum", typed, *NEEDED], ["node", "parquet.mjs", "sum", typed, *NEEDED], measure_inside)
        lines += [*table("sums of seven columns", rounds), ""]
        rounds = in_turn("write", options.rounds, [decoder, "write", typed, ours], ["node", "parquet.mjs", "write", ours, theirs], measure_inside)
        lines += table(f"panel to Parquet, {os.path.getsize(ours) / 1e6:.0f} and {os.path.getsize(theirs) / 1e6:.0f} MB", rounds)
        report(lines, options.rounds, f"the same; {len(glob.glob(extracts))} extracts. Decoding and writing: the best of a process", options.results)


if __name__ == "__main__":
    main()
