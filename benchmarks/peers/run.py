#!/usr/bin/env python3
"""Times the national job in RegisterEngine and in DuckDB, whole process against whole process, in turn, and checks that both print the same numbers.
RegisterEngine reads, checks and keeps all columns; DuckDB parses all and keeps those that the job needs.

    python3 benchmarks/peers/run.py [--extracts PATTERN] [--rounds 5] [--persons 480000] [--results FILE]

Needs the .NET SDK, Node 20 or later and npm. Without --extracts a synthetic register is made first, in a temporary folder.
What is printed, as Markdown, is what the README quotes: medians, and medians of the ratios of the rounds.
"""
import argparse
import glob
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def measure(command):
    """Runs a command: what it printed, and wall seconds, processor seconds and peak megabytes as the system accounts for them."""
    with tempfile.TemporaryFile() as output:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=output, cwd=HERE)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{command[0]} ended with {process.returncode}")
        output.seek(0)
        return output.read().decode(), (wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def build(folder, program="national"):
    """The engine as it is released: precompiled, with its own runtime."""
    subprocess.run(
        ["dotnet", "publish", os.path.join(HERE, program), "-c", "Release", "-r", "linux-arm64" if platform.machine() == "aarch64" else "linux-x64", "--self-contained", "true",
         "-p:PublishReadyToRun=true", "-p:PublishReadyToRunComposite=true", "-p:PublishTrimmed=true", "-o", folder],
        check=True, stdout=subprocess.DEVNULL)
    if not os.path.isdir(os.path.join(HERE, "node_modules")):
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True, stdout=subprocess.DEVNULL)
    return os.path.join(folder, program)


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    sdk = subprocess.run(["dotnet", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    duckdb = subprocess.run(["node", "-p", "require('@duckdb/node-api/package.json').version"], cwd=HERE, capture_output=True, text=True, check=True).stdout.strip()
    return f"{os.cpu_count()} processors ({model}), {platform.system()} {platform.release()}, .NET SDK {sdk}, DuckDB {duckdb}"


def table(name, rounds):
    ours, theirs = zip(*rounds)
    lines = [f"| {name} | RegisterEngine | DuckDB | ratio |", "|---|---:|---:|---:|"]
    for i, (what, form) in enumerate([("wall, s", "{:.2f}"), ("processor, s", "{:.2f}"), ("peak memory, MB", "{:.0f}")]):
        ratio = statistics.median(a[i] / b[i] for a, b in rounds)
        lines.append(f"| {what} | {form.format(statistics.median(a[i] for a in ours))} | {form.format(statistics.median(b[i] for b in theirs))} | 1/{1 / ratio:.1f} |")
    return lines


def parse(description):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--extracts", help="pattern of extracts that lie ready")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--persons", type=int, default=480_000)
    parser.add_argument("--results", help="file to write the table to")
    return parser.parse_args()


def register(options, scratch):
    """The pattern of the extracts: those that lie ready, or a synthetic register made now."""
    if options.extracts:
        return os.path.abspath(options.extracts)
    folder = os.path.join(scratch, "register")
    subprocess.run(["dotnet", "run", "-c", "Release", "--project", os.path.join(ROOT, "src", "RegisterEngine.Cli"), "--", "synth",
                    "--persons", str(options.persons), "--out", folder, "--quiet"], check=True)
    return os.path.join(folder, "pai_*.csv")


def in_turn(name, rounds, ours, theirs, measure=measure):
    """Runs both commands in turn, and again, and holds what they print against each other."""
    measured = []
    for number in range(rounds + 1):
        printed, one = measure(ours)
        expected, other = measure(theirs)
        if printed != expected:
            sys.exit(f"The engines do not agree.\n--- RegisterEngine\n{printed}\n--- DuckDB\n{expected}")
        # The first round warms the page cache.
        if number > 0:
            measured.append((one, other))
            print(f"{name}, round {number}: {one[0]:.3f} s against {other[0]:.3f} s", file=sys.stderr)
    return measured


def report(lines, rounds, what, results):
    lines += ["", f"Medians of {rounds} rounds in turn; both print {what}. {machine()}."]
    print("\n".join(lines))
    if results:
        with open(results, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")


def main():
    options = parse(__doc__)
    with tempfile.TemporaryDirectory() as scratch:
        engine = build(os.path.join(scratch, "engine"))
        extracts = register(options, scratch)
        files = glob.glob(extracts)
        size = sum(map(os.path.getsize, files)) / 1e6
        rounds = in_turn("national job", options.rounds, [engine, extracts], ["node", "national.mjs", extracts])
        report(table(f"{len(files)} files, {size:.0f} MB", rounds), len(rounds), "the same national table and the same sums over all cells", options.results)


if __name__ == "__main__":
    main()
