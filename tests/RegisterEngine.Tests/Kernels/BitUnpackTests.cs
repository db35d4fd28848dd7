using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Kernels;

public sealed class BitUnpackTests
{
    [Fact]
    public void TheVectorReadsWhatItsTwinReads()
    {
        var random = new Random(11);
        for (int width = 0; width <= 32; width++)
            for (int length = 0; length <= 256; length++)
            {
                int first = random.Next(30);
                byte[] packed = new byte[(((first + length) * width) + 7) / 8];
                random.NextBytes(packed);
                int[] vector = new int[length], twin = new int[length];
                BitUnpack.Unpack(packed, width, first, vector);
                BitUnpack.UnpackScalar(packed, width, first, twin);
                Assert.Equal(twin, vector);
            }
    }

    [Fact]
    public void NumbersAreThoseThatWerePacked()
    {
        var random = new Random(12);
        for (int width = 0; width <= 64; width++)
        {
            ulong mask = width == 0 ? 0 : ulong.MaxValue >> (64 - width);
            ulong[] numbers = [.. Enumerable.Range(0, 100).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue) & mask)];
            byte[] packed = new byte[((100 * width) + 7) / 8];
            for (int bit = 0; bit < 100 * width; bit++)
                if (((numbers[bit / width] >> (bit % width)) & 1) != 0)
                    packed[bit / 8] |= (byte)(1 << (bit % 8));
            long[] read = new long[100];
            BitUnpack.Unpack(packed, width, 0, read);
            Assert.Equal(numbers.Select(number => (long)number), read);
        }
    }

    [Fact]
    public void TooFewBytesAreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => BitUnpack.Unpack(new byte[3], 5, 0, new int[5]));

    [Fact]
    public void BitsAreCopiedFromAnywhereToAnywhere()
    {
        var random = new Random(13);
        for (int trial = 0; trial < 3000; trial++)
        {
            byte[] source = new byte[40], target = new byte[40], twin;
            random.NextBytes(source);
            random.NextBytes(target);
            twin = [.. target];
            int from = random.Next(100), to = random.Next(100), count = random.Next(200);
            int set = 0;
            for (int i = 0; i < count; i++)
            {
                Bits.Fill(twin, to + i, 1, Bits.Get(source, from + i));
                set += Bits.Get(source, from + i) ? 1 : 0;
            }
            Assert.Equal(set, Bits.Copy(source, from, target, to, count));
            Assert.Equal(twin, target);
        }
    }
}
