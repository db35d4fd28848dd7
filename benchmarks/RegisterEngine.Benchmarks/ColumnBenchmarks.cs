using BenchmarkDotNet.Attributes;
using RegisterEngine.Publication.Tables;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Synthetic;

namespace RegisterEngine.Benchmarks;

/// <summary>Parquet in and out: the panel of a register of 50,000 persons written, and its columns decoded. Both check what they make.</summary>
[MemoryDiagnoser]
public class ColumnBenchmarks : IDisposable
{
    private readonly MemoryStream _target = new();
    private RunResult? _result;
    private byte[] _panel = [];
    private long _personYears;
    private long _sum;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        string folder = Directory.CreateTempSubdirectory("registerengine-benchmark-").FullName;
        RegisterTruth truth = SyntheticRegister.Simulate(new SyntheticOptions { Persons = 50_000 }).Write(folder);
        _result = Pipeline.Run(new RunPlan { Inputs = ExtractInputs.Find([folder]), Threads = 2 });
        Directory.Delete(folder, recursive: true);
        _personYears = truth.Years.Sum(year => (long)year.All.Persons);
        _sum = truth.Years.Sum(year => (long)year.All.Persons * year.Year);
        using var target = new MemoryStream();
        PanelTable.Write(_result.Panel, TableFileFormat.Parquet, target, threads: 1);
        _panel = target.ToArray();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _result?.Dispose();
        _target.Dispose();
    }

    [Benchmark]
    public long WritePanel()
    {
        _target.SetLength(0);
        PanelTable.Write(_result!.Panel, TableFileFormat.Parquet, _target, Threads);
        return _target.Length == _panel.Length && _target.GetBuffer().AsSpan(0, _panel.Length).SequenceEqual(_panel)
            ? _target.Length
            : throw new InvalidOperationException("The panel has other bytes than one thread writes.");
    }

    [Benchmark]
    public long DecodePanel()
    {
        using ParquetTable table = ParquetTable.Open("panel", _panel);
        int year = table.Schema.IndexOf("year");
        long rows = 0, sum = 0;
        Parallel.For(0, Threads, _ =>
        {
            using ITableReader reader = table.NewReader();
            while (reader.NextPiece())
                while (reader.Read() is { } batch)
                {
                    long years = 0;
                    foreach (int value in batch[year].As<int>()[..batch.Rows])
                        years += value;
                    Interlocked.Add(ref rows, batch.Rows);
                    Interlocked.Add(ref sum, years);
                }
        });
        return (rows, sum) == (_personYears, _sum) ? sum : throw new InvalidOperationException("The panel has other years than the truth says.");
    }
}
