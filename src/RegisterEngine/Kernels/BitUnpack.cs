using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Numbers of a fixed count of bits, packed one after the other from the lowest bit of the first byte on, as in Parquet.</summary>
internal static class BitUnpack
{
    // A number that begins anywhere in a byte must end within four bytes.
    private const int WidestVector = 25;
    private const int Group = 8;

    private static readonly Plan[] Plans = Arrays.Make(WidestVector + 1, width => new Plan(width));

    /// <summary>Reads numbers of up to 32 bits.</summary>
    /// <param name="source">The packed numbers.</param>
    /// <param name="width">Bits of a number, 0 to 32.</param>
    /// <param name="first">How many numbers to skip.</param>
    /// <param name="target">As many numbers as it holds are read; <paramref name="source"/> must have them.</param>
    public static void Unpack(ReadOnlySpan<byte> source, int width, int first, Span<int> target)
    {
        Check(source, width, first, target.Length, 32);
        int done = 0;
        if (width is > 0 and <= WidestVector)
        {
            int head = Math.Min(-first & (Group - 1), target.Length);
            UnpackScalar(source, width, first, target[..head]);
            done = head;
            ref readonly Plan plan = ref Plans[width];
            ref byte from = ref MemoryMarshal.GetReference(source);
            ref int to = ref MemoryMarshal.GetReference(target);
            int at = (first + head) / Group * width;
            int last = source.Length - (width / 2) - Vector128<byte>.Count;
            for (; done <= target.Length - Group && at <= last; done += Group, at += width)
            {
                Vector128<byte> low = Vector128.ShuffleNative(Vector128.LoadUnsafe(ref from, (nuint)at), plan.Low);
                Vector128<byte> high = Vector128.ShuffleNative(Vector128.LoadUnsafe(ref from, (nuint)(at + (width / 2))), plan.High);
                Vector256<uint> numbers = ((Vector256.Create(low, high).AsUInt32() * plan.Align) >>> 7) & plan.Mask;
                numbers.AsInt32().StoreUnsafe(ref to, (nuint)done);
            }
        }
        UnpackScalar(source, width, first + done, target[done..]);
    }

    /// <summary>The specification of <see cref="Unpack(ReadOnlySpan{byte}, int, int, Span{int})"/>.</summary>
    public static void UnpackScalar(ReadOnlySpan<byte> source, int width, int first, Span<int> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = (int)Number(source, width, first + i);
    }

    /// <summary>Reads numbers of up to 64 bits.</summary>
    public static void Unpack(ReadOnlySpan<byte> source, int width, int first, Span<long> target)
    {
        Check(source, width, first, target.Length, 64);
        for (int i = 0; i < target.Length; i++)
            target[i] = (long)Number(source, width, first + i);
    }

    private static void Check(ReadOnlySpan<byte> source, int width, int first, int count, int widest)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)width, (uint)widest);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((((long)first + count) * width) + 7 >> 3, source.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Number(ReadOnlySpan<byte> source, int width, int index)
    {
        if (width == 0)
            return 0;
        long bit = (long)index * width;
        int at = (int)(bit >> 3);
        int shift = (int)bit & 7;
        ulong mask = ulong.MaxValue >> (64 - width);
        if (source.Length - at < sizeof(ulong))
            return NearEnd(source[at..], shift, width) & mask;
        ulong number = Unsafe.ReadUnaligned<ulong>(in source[at]) >> shift;
        if (shift + width > 64)
            number |= (ulong)source[at + sizeof(ulong)] << (64 - shift);
        return number & mask;
    }

    private static ulong NearEnd(ReadOnlySpan<byte> source, int shift, int width)
    {
        ulong number = 0;
        int bytes = Math.Min((shift + width + 7) >> 3, source.Length);
        for (int i = 0; i < bytes; i++)
            number |= (ulong)source[i] << (8 * i);
        return number >> shift;
    }

    // Which bytes go to which number, the power of two that moves the lowest bit of each to bit 7, and the bits that count.
    private readonly struct Plan
    {
        public Plan(int width)
        {
            byte[] low = new byte[16], high = new byte[16];
            uint[] align = new uint[Group];
            for (int i = 0; i < Group; i++)
            {
                int bit = i * width;
                align[i] = 1u << (7 - (bit & 7));
                byte[] half = i < 4 ? low : high;
                int from = (bit >> 3) - (i < 4 ? 0 : width / 2);
                for (int j = 0; j < 4; j++)
                    half[((i & 3) * 4) + j] = (byte)(from + j);
            }
            Low = Vector128.Create(low);
            High = Vector128.Create(high);
            Align = Vector256.Create(align);
            Mask = Vector256.Create((1u << width) - 1);
        }

        public Vector128<byte> Low { get; }

        public Vector128<byte> High { get; }

        public Vector256<uint> Align { get; }

        public Vector256<uint> Mask { get; }
    }
}
