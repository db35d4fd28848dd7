using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RegisterEngine.Kernels;

/// <summary>
/// Which shard a key belongs to, so that the shard tells ten bits of it: the others of a <see cref="DigitKey"/> of up to eleven digits fit in 32 bits.
/// </summary>
/// <remarks>The shard is the lowest bits of the key, changed by a hash of all others (the multiplicative one of Knuth, The Art of Computer Programming 3, 6.4): who has these can undo it.</remarks>
internal static class ShardKey
{
    /// <summary>How many bits tell the shard.</summary>
    public const int Bits = 10;

    private const ulong Mask = (1UL << Bits) - 1;

    // 2^32 by the golden ratio, odd.
    private const uint Factor = 0x9E3779B1;
    private const int HashShift = 32 - Bits;

    // Of what is left of a key, the lower bits of its value, and the five of its length, which stand above them in a word and far above in the key.
    private const int ValueBits = 27;
    private const ulong ValueMask = (1UL << ValueBits) - 1;
    private const int LengthAt = DigitKey.LengthShift - Bits;
    private const int LengthGap = LengthAt - ValueBits;
    private const ulong LengthMask = 0x1FUL << LengthAt;

    /// <summary>The shard of a key, whatever its bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShardOf(long key) => (int)(((ulong)key ^ Hash((ulong)key >> Bits)) & Mask);

    /// <summary>What the shard does not tell of a key, of which nothing is <see cref="Beyond(long)"/>.</summary>
    public static uint Rest(long key) => (uint)(((ulong)key >> Bits) & ValueMask) | (uint)(((ulong)key >> (Bits + LengthGap)) & (LengthMask >> LengthGap));

    /// <summary>The bits of a key that have no place in 32.</summary>
    public static ulong Beyond(long key) => ((ulong)key >> Bits) & ~(ValueMask | LengthMask);

    /// <summary>The key that a rest and a shard tell.</summary>
    public static long Whole(uint rest, int shard)
    {
        ulong high = (rest & ValueMask) | ((rest & ~ValueMask) << LengthGap);
        return (long)((high << Bits) | (((ulong)shard ^ Hash(high)) & Mask));
    }

    /// <summary><see cref="Rest(long)"/> of four keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Rest(Vector256<ulong> keys) =>
        ((keys >>> Bits) & Vector256.Create(ValueMask)) | ((keys >>> (Bits + LengthGap)) & Vector256.Create(LengthMask >> LengthGap));

    /// <summary><see cref="Beyond(long)"/> of four keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Beyond(Vector256<ulong> keys) => (keys >>> Bits) & Vector256.Create(~(ValueMask | LengthMask));

    /// <summary><see cref="Whole(uint, int)"/> of four rests of 32 bits. Needs AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Whole(Vector256<ulong> rests, int shard)
    {
        Vector256<ulong> high = (rests & Vector256.Create(ValueMask)) | ((rests & Vector256.Create(~ValueMask)) << LengthGap);
        Vector256<ulong> folded = high ^ (high >>> LengthGap);
        Vector256<ulong> hash = Avx2.Multiply(folded.AsUInt32(), Vector256.Create((ulong)Factor).AsUInt32()) >>> HashShift;
        return (high << Bits) | ((hash ^ Vector256.Create((ulong)shard)) & Vector256.Create(Mask));
    }

    // Of 54 bits, folded in 32.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(ulong high) => ((ulong)(uint)(high ^ (high >> LengthGap)) * Factor) >> HashShift;
}
