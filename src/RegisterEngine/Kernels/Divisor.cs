using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RegisterEngine.Kernels;

/// <summary>A number by which many others are divided: of 31 bits by one multiplication, which is several times as fast as a division.</summary>
/// <remarks>
/// With <c>l = 31 + ceil(log2 d)</c> and <c>m = ceil(2^l / d)</c>, <c>n * m / 2^l</c> is the quotient of every <c>n</c> below 2^31, and <c>n * m</c> fits in 64 bits (T. Granlund and
/// P. L. Montgomery, "Division by invariant integers using multiplication", 1994). The high half of a product of 64 bits would serve larger numbers, but the compiler takes it by way of memory.
/// </remarks>
internal readonly struct Divisor
{
    private const int NumberBits = 31;

    private readonly ulong _divisor;

    // 0 for a divisor that has none.
    private readonly ulong _multiplier;
    private readonly int _shift;

    /// <exception cref="ArgumentOutOfRangeException">The divisor is zero.</exception>
    public Divisor(ulong divisor)
    {
        ArgumentOutOfRangeException.ThrowIfZero(divisor);
        _divisor = divisor;
        if (divisor > uint.MaxValue)
            return;
        _shift = NumberBits + (divisor == 1 ? 0 : BitOperations.Log2(divisor - 1) + 1);
        _multiplier = ((1UL << _shift) + divisor - 1) / divisor;
    }

    /// <summary>The quotient, and what is left.</summary>
    public ulong Divide(ulong number, out ulong rest)
    {
        ulong quotient = number >> NumberBits == 0 && _multiplier > 0 ? (number * _multiplier) >> _shift : number / _divisor;
        rest = number - (quotient * _divisor);
        return quotient;
    }

    /// <summary>Replaces each number by its quotient, and writes what is left, which must fit in an int.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="rests">One for each number.</param>
    public void DivideAll(Span<ulong> numbers, Span<int> rests)
    {
        rests = rests[..numbers.Length];
        ulong bits = 0;
        foreach (ulong number in numbers)
            bits |= number;
        int done = bits >> NumberBits == 0 && _multiplier > 0 ? DivideSmall(numbers, rests) : 0;
        for (int i = done; i < numbers.Length; i++)
        {
            numbers[i] = Divide(numbers[i], out ulong rest);
            rests[i] = (int)rest;
        }
    }

    // Numbers of 31 bits, four at a time, as far as that goes: the multiplier of a divisor that is no larger has 32 bits.
    private int DivideSmall(Span<ulong> numbers, Span<int> rests)
    {
        if (!Avx2.IsSupported || _multiplier > uint.MaxValue)
            return 0;
        ref ulong number = ref MemoryMarshal.GetReference(numbers);
        ref int rest = ref MemoryMarshal.GetReference(rests);
        Vector256<uint> multiplier = Vector256.Create(_multiplier).AsUInt32(), divisor = Vector256.Create(_divisor).AsUInt32();
        int at = 0;
        for (; at <= numbers.Length - Vector256<ulong>.Count; at += Vector256<ulong>.Count)
        {
            Vector256<ulong> some = Vector256.LoadUnsafe(ref number, (nuint)at);
            Vector256<ulong> quotients = Avx2.ShiftRightLogical(Avx2.Multiply(some.AsUInt32(), multiplier), Vector128.CreateScalar((ulong)_shift));
            Vector256<ulong> left = some - Avx2.Multiply(quotients.AsUInt32(), divisor);
            quotients.StoreUnsafe(ref number, (nuint)at);
            Vector256.Narrow(left, left).GetLower().AsInt32().StoreUnsafe(ref rest, (nuint)at);
        }
        return at;
    }
}
