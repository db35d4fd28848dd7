namespace RegisterEngine.Kernels;

/// <summary>A number by which many others are divided: of 32 bits by one multiplication, which is several times as fast as a division.</summary>
/// <remarks>
/// The high half of <c>n * ceil(2^64 / d)</c> is the quotient for every <c>n</c> and <c>d</c> below 2^32 (D. Lemire, O. Kaser and N. Kurz, "Faster remainder by
/// direct computation", 2019). One has no such multiplier in 64 bits.
/// </remarks>
internal readonly struct Divisor
{
    private readonly ulong _divisor;
    private readonly ulong _multiplier;

    /// <exception cref="ArgumentOutOfRangeException">The divisor is zero.</exception>
    public Divisor(ulong divisor)
    {
        ArgumentOutOfRangeException.ThrowIfZero(divisor);
        _divisor = divisor;
        _multiplier = divisor is > 1 and <= uint.MaxValue ? (ulong.MaxValue / divisor) + 1 : 0;
    }

    /// <summary>The quotient, and what is left.</summary>
    public ulong Divide(ulong number, out ulong rest)
    {
        ulong quotient = number <= uint.MaxValue && _multiplier > 0 ? Math.BigMul(number, _multiplier, out _) : number / _divisor;
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
        if (bits > uint.MaxValue || _multiplier == 0)
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = Divide(numbers[i], out ulong rest);
                rests[i] = (int)rest;
            }
            return;
        }
        ulong multiplier = _multiplier;
        int divisor = (int)_divisor;
        for (int i = 0; i < rests.Length; i++)
        {
            ulong quotient = Math.BigMul(numbers[i], multiplier, out _);
            rests[i] = (int)numbers[i] - ((int)quotient * divisor);
            numbers[i] = quotient;
        }
    }
}
