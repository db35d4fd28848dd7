using System.Text;
using BenchmarkDotNet.Attributes;
using RegisterEngine.Kernels;

namespace RegisterEngine.Benchmarks;

/// <summary>Finding delimiters and line ends in a block of half a megabyte, in vectors and byte by byte.</summary>
[MemoryDiagnoser]
public class ScanBenchmarks
{
    private const int Stride = 14;
    private static readonly Separators Separators = new((byte)';', (byte)'\n');

    private byte[] _block = [];
    private int[] _offsets = [];
    private int _end;

    [GlobalSetup]
    public void SetUp()
    {
        const string line = "2020;114855888;1975;K;0301;205072411;Solhaug sykehjem;7174;Sykepleier;Helse og omsorg;100,00;Fast;2017-07-08;509300\n";
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 4_400)));
        _block = new byte[FieldTable.Padding + text.Length + FieldTable.Padding];
        text.CopyTo(_block, FieldTable.Padding);
        _end = FieldTable.Padding + text.Length;
        _offsets = new int[(4_400 * Stride) + StructuralScan.Slack];
        int[] expected = new int[_offsets.Length];
        if (StructuralScan.FindScalar(_block, FieldTable.Padding, _end, Separators, Stride, expected) != StructuralScan.Find(_block, FieldTable.Padding, _end, Separators, Stride, _offsets)
            || !expected.AsSpan(0, 4_400 * Stride).SequenceEqual(_offsets.AsSpan(0, 4_400 * Stride)))
            throw new InvalidOperationException("The vectors find other separators than the scalar twin.");
    }

    [Benchmark(Baseline = true)]
    public object Scalar() => StructuralScan.FindScalar(_block, FieldTable.Padding, _end, Separators, Stride, _offsets);

    [Benchmark]
    public object Vectors() => StructuralScan.Find(_block, FieldTable.Padding, _end, Separators, Stride, _offsets);
}
