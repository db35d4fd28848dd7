using System.Numerics;

namespace RegisterEngine.Kernels;

/// <summary>A bijection of the numbers below a size that looks random: no two have the same image.</summary>
/// <remarks>
/// A balanced Feistel network of four rounds over the next even number of bits; images outside the size are sent through again until one lies inside
/// (J. Black and P. Rogaway, "Ciphers with arbitrary finite domains", 2002). It hides order, it is no cipher.
/// </remarks>
internal sealed class Permutation
{
    private const int Rounds = 4;

    private readonly ulong _size;
    private readonly ulong _key;
    private readonly int _half;

    /// <summary>A bijection of 0 ... <paramref name="size"/> - 1, one for each key.</summary>
    public Permutation(ulong size, ulong key)
    {
        ArgumentOutOfRangeException.ThrowIfZero(size);
        _size = size;
        _key = key;
        _half = (BitOperations.Log2(Math.Max(size - 1, 1)) / 2) + 1;
    }

    /// <summary>The image of a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not below the size.</exception>
    public ulong this[ulong number]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, _size);
            do
                number = Once(number);
            while (number >= _size);
            return number;
        }
    }

    private ulong Once(ulong number)
    {
        ulong mask = (1UL << _half) - 1;
        ulong left = number >> _half;
        ulong right = number & mask;
        for (int round = 0; round < Rounds; round++)
            (left, right) = (right, left ^ (Hashing.Mix(right ^ Hashing.Mix(_key + (ulong)round)) & mask));
        return (left << _half) | right;
    }
}
