using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RegisterEngine.Kernels;

/// <summary>
/// Rows of 32 bytes in 20, where their numbers are small, as those of nearly all registers are: memory that is touched costs more than the work on it.
/// </summary>
/// <remarks>
/// <para>A whole row has four double words: facts, whose lowest 4 bits are free; a number above 16 bits that tell an origin; a key as <see cref="ShardKey"/> knows it; and two codes
/// of 32 bits.</para>
/// <para>A compact one has two and a word: facts, with 4 bits of the origin; from the lowest bit the first code (20 bits), the second (14), the number (24) and 6 bits of the origin; and
/// what the shard does not tell of the key. The number must be 0, or one more than a multiple of 100, which is kept in hundreds and one more.</para>
/// </remarks>
internal static class CompactRows
{
    private const int FirstBits = 20;
    private const int SecondBits = 14;
    private const int NumberShift = FirstBits + SecondBits;
    private const int NumberBits = 24;
    private const int OriginShift = NumberShift + NumberBits;
    private const int OriginBits = 64 - OriginShift;
    private const int FreeBits = 4;
    private const int NumberAt = 16;
    private const ulong MostNumber = (((1UL << NumberBits) - 2) * Unit) + 1;
    private const ulong Unit = 100;

    // A product with it, less its lower bits, is a division by the unit of all numbers of 32 bits.
    private const ulong Reciprocal = 1_374_389_535;
    private const int ReciprocalShift = 37;

    private const ulong FirstMask = (1UL << FirstBits) - 1;
    private const ulong SecondMask = (1UL << SecondBits) - 1;
    private const ulong NumberMask = (1UL << NumberBits) - 1;
    private const ulong FreeMask = (1UL << FreeBits) - 1;
    private const ulong OriginMask = (1UL << NumberAt) - 1;

    // Rows of a step, and double words of a whole row.
    private const int Step = 4;
    private const int Whole = BlockSlabs.Eight / 2;

    /// <summary>Makes the columns of compact rows of those of whole ones; false where a row has a number that does not fit.</summary>
    /// <param name="facts">The facts of each row, to which 4 bits of the origin are added; spoilt where it is false.</param>
    /// <param name="numbers">Its number and origin.</param>
    /// <param name="keys">Its key.</param>
    /// <param name="first">Its first code.</param>
    /// <param name="second">Its second code.</param>
    /// <param name="joined">The second double word of each row.</param>
    /// <param name="rests">The word behind it.</param>
    public static bool TryJoin(
        Span<ulong> facts, ReadOnlySpan<ulong> numbers, ReadOnlySpan<long> keys, ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<ulong> joined, Span<uint> rests)
    {
        int least = Math.Min(Math.Min(Math.Min(numbers.Length, joined.Length), Math.Min(first.Length, second.Length)), Math.Min(keys.Length, rests.Length));
        ArgumentOutOfRangeException.ThrowIfLessThan(least, facts.Length);
        ref ulong fact = ref MemoryMarshal.GetReference(facts), number = ref MemoryMarshal.GetReference(numbers), word = ref MemoryMarshal.GetReference(joined);
        ref long key = ref MemoryMarshal.GetReference(keys);
        ref uint rest = ref MemoryMarshal.GetReference(rests);
        ref int one = ref MemoryMarshal.GetReference(first), two = ref MemoryMarshal.GetReference(second);
        Vector256<ulong> wrong = Vector256<ulong>.Zero;
        int at = 0;
        for (; Avx2.IsSupported && at <= facts.Length - Step; at += Step)
        {
            Columns row = Join(
                Vector256.LoadUnsafe(ref fact, (nuint)at), Vector256.LoadUnsafe(ref number, (nuint)at), Vector256.LoadUnsafe(ref key, (nuint)at).AsUInt64(),
                Widen(Vector128.LoadUnsafe(ref one, (nuint)at)), Widen(Vector128.LoadUnsafe(ref two, (nuint)at)), ref wrong);
            row.Facts.StoreUnsafe(ref fact, (nuint)at);
            row.Joined.StoreUnsafe(ref word, (nuint)at);
            Vector256.Narrow(row.Rests, row.Rests).GetLower().StoreUnsafe(ref rest, (nuint)at);
        }
        return wrong == Vector256<ulong>.Zero && TryJoinScalar(facts[at..], numbers[at..], keys[at..], first[at..], second[at..], joined[at..], rests[at..]);
    }

    /// <summary>The specification of <see cref="TryJoin"/>.</summary>
    public static bool TryJoinScalar(
        Span<ulong> facts, ReadOnlySpan<ulong> numbers, ReadOnlySpan<long> keys, ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<ulong> joined, Span<uint> rests)
    {
        for (int i = 0; i < facts.Length; i++)
            if (!TryJoinRow(ref facts[i], numbers[i], keys[i], (uint)first[i], (uint)second[i], out joined[i], out rests[i]))
                return false;
        return true;
    }

    /// <summary>Makes compact rows of whole ones; false where one has a number that does not fit.</summary>
    /// <param name="whole">Four double words for each row.</param>
    /// <param name="compact">Room for five words for each.</param>
    public static bool TryShrink(ReadOnlySpan<ulong> whole, Span<uint> compact)
    {
        int rows = whole.Length / Whole;
        compact = compact[..(rows * BlockSlabs.Five)];
        ref ulong from = ref MemoryMarshal.GetReference(whole);
        ref uint to = ref MemoryMarshal.GetReference(compact);
        Vector256<ulong> wrong = Vector256<ulong>.Zero;
        int row = 0;
        for (; Avx2.IsSupported && row <= rows - Step; row += Step)
        {
            Vector256<ulong> row0 = Vector256.LoadUnsafe(ref from), row1 = Vector256.LoadUnsafe(ref from, Whole);
            Vector256<ulong> row2 = Vector256.LoadUnsafe(ref from, 2 * Whole), row3 = Vector256.LoadUnsafe(ref from, 3 * Whole);
            (Vector256<ulong> facts, Vector256<ulong> keys) = Transpose(Avx2.UnpackLow(row0, row1), Avx2.UnpackLow(row2, row3));
            (Vector256<ulong> numbers, Vector256<ulong> codes) = Transpose(Avx2.UnpackHigh(row0, row1), Avx2.UnpackHigh(row2, row3));
            Columns columns = Join(facts, numbers, keys, codes & Vector256.Create((ulong)uint.MaxValue), codes >>> 32, ref wrong);
            Vector256<ulong> even = Avx2.UnpackLow(columns.Facts, columns.Joined), odd = Avx2.UnpackHigh(columns.Facts, columns.Joined);
            Put(ref to, 0, even.GetLower(), columns.Rests.GetElement(0));
            Put(ref to, 1, odd.GetLower(), columns.Rests.GetElement(1));
            Put(ref to, 2, even.GetUpper(), columns.Rests.GetElement(2));
            Put(ref to, 3, odd.GetUpper(), columns.Rests.GetElement(3));
            from = ref Unsafe.Add(ref from, Step * Whole);
            to = ref Unsafe.Add(ref to, Step * BlockSlabs.Five);
        }
        return wrong == Vector256<ulong>.Zero && TryShrinkScalar(whole[(row * Whole)..], compact[(row * BlockSlabs.Five)..]);
    }

    /// <summary>The specification of <see cref="TryShrink"/>.</summary>
    public static bool TryShrinkScalar(ReadOnlySpan<ulong> whole, Span<uint> compact)
    {
        bool fits = true;
        for (; whole.Length >= Whole; whole = whole[Whole..], compact = compact[BlockSlabs.Five..])
        {
            ulong facts = whole[0];
            fits &= TryJoinRow(ref facts, whole[1], (long)whole[2], (uint)whole[3], (uint)(whole[3] >> 32), out ulong joined, out uint rest);
            (compact[0], compact[1], compact[2], compact[3], compact[4]) = ((uint)facts, (uint)(facts >> 32), (uint)joined, (uint)(joined >> 32), rest);
        }
        return fits;
    }

    /// <summary>Makes whole rows of compact ones.</summary>
    /// <param name="compact">Five words for each row.</param>
    /// <param name="shard">The shard of their keys.</param>
    /// <param name="whole">Room for four double words for each.</param>
    public static void Expand(ReadOnlySpan<uint> compact, int shard, Span<ulong> whole)
    {
        int rows = compact.Length / BlockSlabs.Five;
        whole = whole[..(rows * Whole)];
        ref uint from = ref MemoryMarshal.GetReference(compact);
        ref ulong to = ref MemoryMarshal.GetReference(whole);
        int row = 0;
        for (; Avx2.IsSupported && row <= rows - Step; row += Step)
        {
            Vector256<ulong> even = Vector256.Create(Doubles(ref from, 0), Doubles(ref from, 2)), odd = Vector256.Create(Doubles(ref from, 1), Doubles(ref from, 3));
            Vector256<ulong> facts = Avx2.UnpackLow(even, odd), joined = Avx2.UnpackHigh(even, odd);
            Vector256<ulong> keys = ShardKey.Whole(Vector256.Create((ulong)Rest(ref from, 0), Rest(ref from, 1), Rest(ref from, 2), Rest(ref from, 3)), shard);
            Vector256<ulong> number = (joined >>> NumberShift) & Vector256.Create(NumberMask);
            Vector256<ulong> value = Multiply(number, Unit) - Vector256.Create(Unit - 1);
            value = Vector256.AndNot(value, Vector256.Equals(number, Vector256<ulong>.Zero));
            Vector256<ulong> numbers = (value << NumberAt) | (joined >>> OriginShift) | ((facts & Vector256.Create(FreeMask)) << OriginBits);
            Vector256<ulong> codes = (joined & Vector256.Create(FirstMask)) | (((joined >>> FirstBits) & Vector256.Create(SecondMask)) << 32);
            facts &= Vector256.Create(~FreeMask);
            (Vector256<ulong> row0, Vector256<ulong> row2) = Transpose(Avx2.UnpackLow(facts, numbers), Avx2.UnpackLow(keys, codes));
            (Vector256<ulong> row1, Vector256<ulong> row3) = Transpose(Avx2.UnpackHigh(facts, numbers), Avx2.UnpackHigh(keys, codes));
            row0.StoreUnsafe(ref to);
            row1.StoreUnsafe(ref to, Whole);
            row2.StoreUnsafe(ref to, 2 * Whole);
            row3.StoreUnsafe(ref to, 3 * Whole);
            from = ref Unsafe.Add(ref from, Step * BlockSlabs.Five);
            to = ref Unsafe.Add(ref to, Step * Whole);
        }
        ExpandScalar(compact[(row * BlockSlabs.Five)..], shard, whole[(row * Whole)..]);
    }

    /// <summary>The specification of <see cref="Expand"/>.</summary>
    public static void ExpandScalar(ReadOnlySpan<uint> compact, int shard, Span<ulong> whole)
    {
        for (; compact.Length >= BlockSlabs.Five; compact = compact[BlockSlabs.Five..], whole = whole[Whole..])
        {
            ulong facts = compact[0] | ((ulong)compact[1] << 32), joined = compact[2] | ((ulong)compact[3] << 32);
            ulong number = (joined >> NumberShift) & NumberMask;
            ulong value = number == 0 ? 0 : ((number - 1) * Unit) + 1;
            whole[0] = facts & ~FreeMask;
            whole[1] = (value << NumberAt) | (joined >> OriginShift) | ((facts & FreeMask) << OriginBits);
            whole[2] = (ulong)ShardKey.Whole(compact[4], shard);
            whole[3] = (joined & FirstMask) | (((joined >> FirstBits) & SecondMask) << 32);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Columns Join(
        Vector256<ulong> facts, Vector256<ulong> numbers, Vector256<ulong> keys, Vector256<ulong> first, Vector256<ulong> second, ref Vector256<ulong> wrong)
    {
        Vector256<ulong> origin = numbers & Vector256.Create(OriginMask), value = numbers >>> NumberAt;
        Vector256<ulong> isKnown = ~Vector256.Equals(value, Vector256<ulong>.Zero);
        Vector256<ulong> rest = (value - Vector256<ulong>.One) & isKnown;
        Vector256<ulong> units = Multiply(rest, Reciprocal) >>> ReciprocalShift;
        wrong |= (first >>> FirstBits) | (second >>> SecondBits) | (origin >>> (OriginBits + FreeBits)) | ShardKey.Beyond(keys)
            | (Multiply(units, Unit) ^ rest) | Vector256.GreaterThan(value, Vector256.Create(MostNumber));
        Vector256<ulong> joined = first | (second << FirstBits) | ((units - isKnown) << NumberShift) | (origin << OriginShift);
        return new Columns(facts | (origin >>> OriginBits), joined, ShardKey.Rest(keys));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryJoinRow(ref ulong facts, ulong numberThenOrigin, long key, uint first, uint second, out ulong joined, out uint rest)
    {
        ulong value = numberThenOrigin >> NumberAt, origin = numberThenOrigin & OriginMask;
        ulong known = value - (value > 0 ? 1UL : 0), units = known / Unit;
        ulong number = value > 0 ? units + 1 : 0;
        joined = first | ((ulong)second << FirstBits) | (number << NumberShift) | (origin << OriginShift);
        facts |= origin >> OriginBits;
        rest = ShardKey.Rest(key);
        ulong wrong = (first >> FirstBits) | (second >> SecondBits) | (origin >> (OriginBits + FreeBits)) | (known - (units * Unit)) | ShardKey.Beyond(key);
        return wrong == 0 && value <= MostNumber;
    }

    // The lower halves of two vectors, one behind the other, and the upper ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> Lower, Vector256<ulong> Upper) Transpose(Vector256<ulong> one, Vector256<ulong> other) =>
        (Avx2.Permute2x128(one, other, 0x20), Avx2.Permute2x128(one, other, 0x31));

    // Products of the lower 32 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Multiply(Vector256<ulong> numbers, ulong factor) => Avx2.Multiply(numbers.AsUInt32(), Vector256.Create(factor).AsUInt32());

    private static Vector256<ulong> Widen(Vector128<int> codes) => Vector256.WidenLower(codes.ToVector256Unsafe().AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Doubles(ref uint rows, int row) => Vector128.LoadUnsafe(ref Unsafe.Add(ref rows, row * BlockSlabs.Five)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Rest(ref uint rows, int row) => Unsafe.Add(ref rows, (row * BlockSlabs.Five) + BlockSlabs.Five - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref uint rows, int row, Vector128<ulong> doubles, ulong rest)
    {
        doubles.AsUInt32().StoreUnsafe(ref Unsafe.Add(ref rows, row * BlockSlabs.Five));
        Unsafe.Add(ref rows, (row * BlockSlabs.Five) + BlockSlabs.Five - 1) = (uint)rest;
    }

    private readonly record struct Columns(Vector256<ulong> Facts, Vector256<ulong> Joined, Vector256<ulong> Rests);
}
