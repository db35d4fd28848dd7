using System.Numerics;

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
        if (bits >> NumberBits != 0 || _multiplier == 0)
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = Divide(numbers[i], out ulong rest);
                rests[i] = (int)rest;
            }
            return;
        }
        ulong multiplier = _multiplier;
        int divisor = (int)_divisor, shift = _shift;
        for (int i = 0; i < rests.Length; i++)
        {
            ulong quotient = (numbers[i] * multiplier) >> shift;
            rests[i] = (int)numbers[i] - ((int)quotient * divisor);
            numbers[i] = quotient;
        }
    }
}
