using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>
/// Rows of four words in three, where their numbers are small, as those of nearly all registers are: memory that is touched costs more than the work on it.
/// </summary>
/// <remarks>
/// <para>Four words are: facts, whose lowest 4 bits are free; a number above 16 bits that tell an origin; a key; and two codes of 32 bits.</para>
/// <para>Three are: facts, with 4 bits of the origin; the key; and from the lowest bit the first code (20 bits), the second (14), the number (24) and 6 bits of the origin. The number
/// must be 0, or one more than a multiple of 100, which is kept in hundreds and one more.</para>
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

    /// <summary>Joins what tells a row beside its facts and its key into one word, and adds the rest of the origin to the facts; false where a row has a number that does not fit.</summary>
    /// <param name="facts">The facts of each row, which are spoilt where it is false.</param>
    /// <param name="numbers">Its number and origin.</param>
    /// <param name="first">Its first code.</param>
    /// <param name="second">Its second code.</param>
    /// <param name="joined">A word for each row.</param>
    public static bool TryJoin(Span<ulong> facts, ReadOnlySpan<ulong> numbers, ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<ulong> joined)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(Math.Min(numbers.Length, joined.Length), Math.Min(first.Length, second.Length)), facts.Length);
        ref ulong fact = ref MemoryMarshal.GetReference(facts), number = ref MemoryMarshal.GetReference(numbers), word = ref MemoryMarshal.GetReference(joined);
        ref int one = ref MemoryMarshal.GetReference(first), two = ref MemoryMarshal.GetReference(second);
        Vector256<ulong> wrong = Vector256<ulong>.Zero;
        int at = 0;
        for (; at <= facts.Length - Vector256<ulong>.Count; at += Vector256<ulong>.Count)
        {
            Vector256<ulong> both = Vector256.LoadUnsafe(ref number, (nuint)at);
            Vector256<ulong> origin = both & Vector256.Create((1UL << NumberAt) - 1), value = both >>> NumberAt;
            Vector256<ulong> isKnown = ~Vector256.Equals(value, Vector256<ulong>.Zero);
            Vector256<ulong> rest = (value - Vector256<ulong>.One) & isKnown;
            Vector256<ulong> units = (rest * Reciprocal) >>> ReciprocalShift;
            Vector256<ulong> firstCode = Widen(Vector128.LoadUnsafe(ref one, (nuint)at)), secondCode = Widen(Vector128.LoadUnsafe(ref two, (nuint)at));
            wrong |= (firstCode >>> FirstBits) | (secondCode >>> SecondBits) | (origin >>> (OriginBits + FreeBits))
                | ~Vector256.Equals(units * Unit, rest) | Vector256.GreaterThan(value, Vector256.Create(MostNumber));
            (firstCode | (secondCode << FirstBits) | ((units - isKnown) << NumberShift) | (origin << OriginShift)).StoreUnsafe(ref word, (nuint)at);
            (Vector256.LoadUnsafe(ref fact, (nuint)at) | (origin >>> OriginBits)).StoreUnsafe(ref fact, (nuint)at);
        }
        return wrong == Vector256<ulong>.Zero && TryJoinScalar(facts[at..], numbers[at..], first[at..], second[at..], joined[at..]);
    }

    /// <summary>The specification of <see cref="TryJoin"/>.</summary>
    public static bool TryJoinScalar(Span<ulong> facts, ReadOnlySpan<ulong> numbers, ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<ulong> joined)
    {
        for (int i = 0; i < facts.Length; i++)
            if (!TryJoinRow(ref facts[i], numbers[i], (uint)first[i], (uint)second[i], out joined[i]))
                return false;
        return true;
    }

    /// <summary>Makes rows of three words of rows of four; false where one has a number that does not fit.</summary>
    /// <param name="four">The words of the rows.</param>
    /// <param name="three">Room for three words for each.</param>
    public static bool TryShrink(ReadOnlySpan<ulong> four, Span<ulong> three)
    {
        int rows = four.Length / BlockSlabs.Four;
        three = three[..(rows * BlockSlabs.Three)];
        ref ulong from = ref MemoryMarshal.GetReference(four), to = ref MemoryMarshal.GetReference(three);
        bool fits = true;
        for (int row = 0; row < rows; row++)
        {
            ulong facts = from, codes = Unsafe.Add(ref from, 3);
            fits &= TryJoinRow(ref facts, Unsafe.Add(ref from, 1), (uint)codes, (uint)(codes >> 32), out ulong joined);
            to = facts;
            Unsafe.Add(ref to, 1) = Unsafe.Add(ref from, 2);
            Unsafe.Add(ref to, 2) = joined;
            from = ref Unsafe.Add(ref from, BlockSlabs.Four);
            to = ref Unsafe.Add(ref to, BlockSlabs.Three);
        }
        return fits;
    }

    /// <summary>Makes rows of four words of rows of three.</summary>
    /// <param name="three">The words of the rows.</param>
    /// <param name="four">Room for four words for each.</param>
    public static void Expand(ReadOnlySpan<ulong> three, Span<ulong> four)
    {
        const ulong firstMask = (1UL << FirstBits) - 1, secondMask = (1UL << SecondBits) - 1, numberMask = (1UL << NumberBits) - 1, freeMask = (1UL << FreeBits) - 1;
        int rows = three.Length / BlockSlabs.Three;
        four = four[..(rows * BlockSlabs.Four)];
        ref ulong from = ref MemoryMarshal.GetReference(three), to = ref MemoryMarshal.GetReference(four);
        for (int row = 0; row < rows; row++)
        {
            ulong facts = from, key = Unsafe.Add(ref from, 1), joined = Unsafe.Add(ref from, 2);
            ulong number = (joined >> NumberShift) & numberMask;
            ulong value = number == 0 ? 0 : ((number - 1) * Unit) + 1;
            ulong origin = (joined >> OriginShift) | ((facts & freeMask) << OriginBits);
            ulong codes = (joined & firstMask) | (((joined >> FirstBits) & secondMask) << 32);
            Vector256.Create(facts & ~freeMask, (value << NumberAt) | origin, key, codes).StoreUnsafe(ref to);
            from = ref Unsafe.Add(ref from, BlockSlabs.Three);
            to = ref Unsafe.Add(ref to, BlockSlabs.Four);
        }
    }

    private static Vector256<ulong> Widen(Vector128<int> codes) => Vector256.WidenLower(codes.ToVector256Unsafe().AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryJoinRow(ref ulong facts, ulong numberThenOrigin, uint first, uint second, out ulong joined)
    {
        ulong value = numberThenOrigin >> NumberAt, origin = numberThenOrigin & ((1UL << NumberAt) - 1);
        ulong rest = value - (value > 0 ? 1UL : 0), units = rest / Unit;
        ulong number = value > 0 ? units + 1 : 0;
        joined = first | ((ulong)second << FirstBits) | (number << NumberShift) | (origin << OriginShift);
        facts |= origin >> OriginBits;
        ulong wrong = (first >> FirstBits) | (second >> SecondBits) | (origin >> (OriginBits + FreeBits)) | (rest - (units * Unit));
        return wrong == 0 && value <= MostNumber;
    }
}
