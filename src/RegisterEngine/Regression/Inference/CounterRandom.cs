namespace RegisterEngine.Regression.Inference;

/// <summary>Random numbers that a seed and a counter tell: the draw of a number is the same whatever thread makes it.</summary>
/// <remarks>G. L. Steele, D. Lea and C. H. Flood, Fast splittable pseudorandom number generators (2014): SplitMix64.</remarks>
internal struct CounterRandom(ulong seed, ulong counter)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state = Mix(seed + Golden) ^ Mix(Mix(counter) + Golden);

    /// <summary>64 random bits.</summary>
    public ulong Next() => Mix(_state += Golden);

    /// <summary>A whole number from 0 to below a bound.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
