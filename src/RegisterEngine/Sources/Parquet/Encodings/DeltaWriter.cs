using System.Numerics;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet.Encodings;

/// <summary>Writes numbers as packed differences: what <see cref="DeltaReader"/> reads.</summary>
internal static class DeltaWriter
{
    private const int Block = 128;
    private const int Minis = 4;
    private const int Mini = Block / Minis;

    /// <summary>Appends numbers; differences are taken in as many bits as the numbers have.</summary>
    public static void Write<T>(ReadOnlySpan<T> values, ByteBuffer target)
        where T : unmanaged, IBinaryInteger<T>, ISignedNumber<T>
    {
        target.AppendVarint(Block);
        target.AppendVarint(Minis);
        target.AppendVarint((ulong)values.Length);
        target.AppendVarint(Zigzag(values.IsEmpty ? 0 : long.CreateTruncating(values[0])));
        Span<T> deltas = stackalloc T[Block];
        for (int at = 1; at < values.Length; at += Block)
        {
            int count = Math.Min(Block, values.Length - at);
            T least = Differences(values.Slice(at - 1, count + 1), deltas[..count]);
            deltas[count..].Fill(least);
            target.AppendVarint(Zigzag(long.CreateTruncating(least)));
            Write(deltas, least, count, target);
        }
    }

    private static T Differences<T>(ReadOnlySpan<T> values, Span<T> deltas)
        where T : unmanaged, IBinaryInteger<T>
    {
        T least = unchecked(values[1] - values[0]);
        for (int i = 0; i < deltas.Length; i++)
        {
            deltas[i] = unchecked(values[i + 1] - values[i]);
            least = T.Min(least, deltas[i]);
        }
        return least;
    }

    private static void Write<T>(Span<T> deltas, T least, int count, ByteBuffer target)
        where T : unmanaged, IBinaryInteger<T>
    {
        ulong mask = ulong.MaxValue >> (64 - (8 * System.Runtime.InteropServices.Marshal.SizeOf<T>()));
        Span<byte> widths = stackalloc byte[Minis];
        for (int mini = 0; mini < Minis; mini++)
        {
            ulong all = 0;
            for (int i = mini * Mini; i < (mini + 1) * Mini; i++)
            {
                deltas[i] = unchecked(deltas[i] - least);
                all |= ulong.CreateTruncating(deltas[i]) & mask;
            }
            widths[mini] = (byte)BitPack.WidthOf(all);
        }
        target.Append(widths);
        Span<ulong> numbers = stackalloc ulong[Mini];
        for (int mini = 0; mini * Mini < count; mini++)
        {
            for (int i = 0; i < Mini; i++)
                numbers[i] = ulong.CreateTruncating(deltas[(mini * Mini) + i]) & mask;
            int bytes = Mini * widths[mini] / 8;
            BitPack.Pack<ulong>(numbers, widths[mini], target.Reserve(bytes + sizeof(ulong)));
            target.Advance(bytes);
        }
    }

    private static ulong Zigzag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
