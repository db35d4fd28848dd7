using BenchmarkDotNet.Attributes;
using RegisterEngine.Kernels;

namespace RegisterEngine.Benchmarks;

/// <summary>Sorting the keys of cells: radix sort against the sort of the framework.</summary>
[MemoryDiagnoser]
public class TableBenchmarks
{
    private const int Bits = 22;

    private uint[] _keys = [];
    private uint[] _work = [];
    private uint[] _scratch = [];

    [Params(4_096, 65_536)]
    public int Count { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        _keys = [.. Enumerable.Range(0, Count).Select(_ => (uint)random.Next(1 << Bits))];
        _work = new uint[Count];
        _scratch = new uint[Count];
        uint[] expected = [.. _keys.Order()];
        if (!Radix().AsSpan().SequenceEqual(expected))
            throw new InvalidOperationException("The keys are not in order.");
    }

    [Benchmark(Baseline = true)]
    public uint[] Framework()
    {
        _keys.CopyTo(_work, 0);
        Array.Sort(_work);
        return _work;
    }

    [Benchmark]
    public uint[] Radix()
    {
        _keys.CopyTo(_work, 0);
        RadixSort.Sort(_work.AsSpan(), _scratch, Bits);
        return _work;
    }
}
