using RegisterEngine.Kernels;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Kernels;

public sealed class ColumnKernelTests
{
    [Fact]
    public void DigitsAreAppendedAsByTheTwin()
    {
        var random = new Random(1);
        for (int length = 0; length <= 256; length++)
        {
            uint[] digits = [.. Enumerable.Range(0, length).Select(_ => (uint)random.Next(50))];
            uint[] numbers = [.. Enumerable.Range(0, length).Select(_ => (uint)random.Next(1_000_000))];
            uint[] twin = [.. numbers];
            MixedRadix.Append<uint>(numbers, digits, 50);
            MixedRadix.AppendScalar<uint>(twin, digits, 50);
            Assert.Equal(twin, numbers);
        }
    }

    [Fact]
    public void NumbersInsideARangeAreThoseOfTheTwin()
    {
        var random = new Random(2);
        for (int length = 0; length <= 256; length++)
        {
            using var memory = new GuardedMemory(length * sizeof(long));
            Span<long> values = Buffers.As<long>(memory.Span);
            foreach (ref long value in values)
                value = random.Next(8, 93);
            int[] found = new int[length];
            int[] expected = new int[length];
            int count = RangeScan.Inside<long>(values, 10, 90, found);
            Assert.Equal(RangeScan.InsideScalar<long>(values, 10, 90, expected), count);
            Assert.Equal(expected[..count], found[..count]);
        }
    }

    [Fact]
    public void KeysOfNumbersAreThoseOfTheTwinAndOfTheirText()
    {
        var random = new Random(3);
        List<long> edges = [0, -1, long.MinValue, long.MaxValue];
        for (long power = 1; power <= 1_000_000_000_000_000_000; power *= 10)
            edges.AddRange([power - 1, power, power + 1, -power]);
        long[] numbers = [.. edges, .. Enumerable.Range(0, 2000).Select(_ => random.NextInt64() >> random.Next(64))];
        long[] keys = new long[numbers.Length];
        int[] places = new int[numbers.Length];
        HashSet<int> left = [.. places[..DigitKey.Pack(numbers, keys, places)]];
        for (int i = 0; i < numbers.Length; i++)
        {
            Assert.Equal(DigitKey.TryPackScalar(numbers[i], out long twin), !left.Contains(i));
            Assert.Equal(DigitKey.TryPack(System.Text.Encoding.ASCII.GetBytes($"{numbers[i]}"), out long ofText), !left.Contains(i));
            if (left.Contains(i))
                continue;
            Assert.Equal(twin, keys[i]);
            Assert.Equal(ofText, keys[i]);
        }
    }

    [Fact]
    public void SnappyElementsAreReadAsByTheTwin()
    {
        var random = new Random(4);
        int sound = 0;
        for (int trial = 0; trial < 4000; trial++)
        {
            (byte[] stream, int length) = Elements(random);
            if (trial % 3 == 1)
                stream[random.Next(stream.Length)] = (byte)random.Next(256);
            if (trial % 7 == 2)
                length += random.Next(-2, 3);
            byte[] usual = new byte[Math.Max(0, length) + 64];
            byte[] twin = [.. usual];
            bool isSound = SnappyBlock.TryDecompressScalar(stream, twin.AsSpan(0, twin.Length - 64));
            Assert.Equal(isSound, SnappyBlock.TryDecompress(stream, usual.AsSpan(0, usual.Length - 64)));
            Assert.False(usual.AsSpan(usual.Length - 64).ContainsAnyExcept((byte)0));
            if (!isSound)
                continue;
            Assert.Equal(twin, usual);
            sound++;
        }
        Assert.InRange(sound, 1500, 4000);
    }

    // Literals, and copies of all three forms, near and far.
    private static (byte[] Stream, int Length) Elements(Random random)
    {
        var stream = new List<byte>();
        int written = 0;
        for (int element = random.Next(1, 120); element > 0; element--)
        {
            int form = written == 0 ? 0 : random.Next(4);
            int offset = random.Next(1, Math.Min(written, random.Next(2) == 0 ? 20 : 60_000) + 1);
            int length = form == 1 ? random.Next(4, 12) : random.Next(3) == 0 ? random.Next(1, 65) : random.Next(1, 9);
            if (form == 0)
            {
                stream.AddRange(length <= 60 ? [(byte)((length - 1) << 2)] : [60 << 2, (byte)(length - 1)]);
                stream.AddRange(Enumerable.Range(0, length).Select(_ => (byte)random.Next(1, 256)));
            }
            else if (form == 1)
            {
                offset = Math.Min(offset, 2047);
                stream.AddRange([(byte)(1 | ((length - 4) << 2) | ((offset >> 8) << 5)), (byte)offset]);
            }
            else
                stream.AddRange([(byte)(form | ((length - 1) << 2)), .. BitConverter.GetBytes(offset)[..(form == 2 ? 2 : 4)]]);
            written += length;
        }
        return ([.. stream], written);
    }
}
