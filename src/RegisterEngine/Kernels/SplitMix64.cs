namespace RegisterEngine.Kernels;

/// <summary>Random numbers that are the same on every machine and in every run: a counter, mixed.</summary>
/// <remarks>SplitMix64: G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators" (2014), with the constants of S. Vigna (2015).</remarks>
internal sealed class SplitMix64(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>A generator of its own for one purpose in one year: what one purpose draws has no effect on another.</summary>
    public static SplitMix64 For(ulong seed, int purpose, int year = 0) =>
        new(Hashing.Mix(Hashing.Mix(seed + Step) + (((ulong)(uint)purpose << 32) | (uint)year)));

    /// <summary>Sixty-four random bits.</summary>
    public ulong Next() => Hashing.Mix(_state += Step);

    /// <summary>A number from 0 up to, but not, 1.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 up to, but not, <paramref name="bound"/>.</summary>
    /// <remarks>The high half of a product (D. Lemire, 2019); what it is off from equal chances is below 2^-32.</remarks>
    public int Next(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>Whether something with a chance happens.</summary>
    public bool Happens(double chance) => NextUnit() < chance;

    /// <summary>Puts items into random order.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int other = Next(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}
