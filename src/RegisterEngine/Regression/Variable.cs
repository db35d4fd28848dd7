using RegisterEngine.Kernels;

namespace RegisterEngine.Regression;

/// <summary>A regressor or an outcome: one number for each row.</summary>
/// <param name="Name">Its name, as results print it.</param>
/// <param name="Values">One for each row; NaN where missing.</param>
public sealed record Variable(string Name, double[] Values)
{
    /// <summary>What the values lack, where they are products that one number does not hold; null where nothing.</summary>
    internal double[]? Low { get; init; }

    /// <summary>The product of two variables, kept to twice the digits of either: <c>a:b</c>.</summary>
    /// <exception cref="ArgumentException">They have not the same number of rows.</exception>
    public static Variable Product(Variable a, Variable b) => Product($"{a.Name}:{b.Name}", a, b);

    /// <summary>A whole power of a variable, kept to twice its digits: <c>a^3</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The power is less than one.</exception>
    public static Variable Power(Variable a, int power)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(power, 1);
        Variable result = a;
        for (int i = 1; i < power; i++)
            result = Product($"{a.Name}^{i + 1}", result, a);
        return result;
    }

    private static Variable Product(string name, Variable a, Variable b)
    {
        if (a.Values.Length != b.Values.Length)
            throw new ArgumentException("Variables of a product must have the same number of rows.", nameof(b));
        double[] high = new double[a.Values.Length];
        double[] low = new double[high.Length];
        bool isExact = true;
        for (int i = 0; i < high.Length; i++)
        {
            DoubleDouble product = new DoubleDouble(a.Values[i], a.Low?[i] ?? 0) * new DoubleDouble(b.Values[i], b.Low?[i] ?? 0);
            (high[i], low[i]) = (product.High, product.Low);
            isExact &= low[i] == 0;
        }
        return new Variable(name, high) { Low = isExact ? null : low };
    }
}

/// <summary>A factor: the group that each row belongs to.</summary>
/// <param name="Name">Its name, as results print it.</param>
/// <param name="Codes">One for each row, from 0; negative where missing.</param>
/// <param name="Levels">How many groups there are at most.</param>
public sealed record Grouping(string Name, int[] Codes, int Levels)
{
    /// <summary>Every pair of two factors that occurs, numbered in the order of rows.</summary>
    public static Grouping Cross(Grouping a, Grouping b)
    {
        var seen = new Dictionary<(int, int), int>();
        int[] codes = new int[a.Codes.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            (int, int) pair = (a.Codes[i], b.Codes[i]);
            if (!seen.TryGetValue(pair, out codes[i]))
                seen[pair] = codes[i] = seen.Count;
        }
        return new Grouping($"{a.Name} and {b.Name}", codes, seen.Count);
    }

    /// <summary>Groups that have rows.</summary>
    internal int Used()
    {
        bool[] used = new bool[Levels];
        int count = 0;
        foreach (int code in Codes)
        {
            count += used[code] ? 0 : 1;
            used[code] = true;
        }
        return count;
    }

    /// <summary>The same factor without groups that have no rows; the others keep their order.</summary>
    internal Grouping WithoutEmpty()
    {
        int[] places = new int[Levels];
        foreach (int code in Codes)
            places[code] = 1;
        int count = 0;
        foreach (ref int place in places.AsSpan())
            (place, count) = (count, count + place);
        int[] codes = GC.AllocateUninitializedArray<int>(Codes.Length);
        for (int i = 0; i < codes.Length; i++)
            codes[i] = places[Codes[i]];
        return new Grouping(Name, codes, count);
    }

    /// <summary>Whether each group of one factor lies within one group of another.</summary>
    public bool IsWithin(Grouping other)
    {
        if (ReferenceEquals(Codes, other.Codes))
            return true;
        int[] outer = new int[Levels];
        Array.Fill(outer, -1);
        for (int i = 0; i < Codes.Length; i++)
        {
            ref int group = ref outer[Codes[i]];
            if (group >= 0 && group != other.Codes[i])
                return false;
            group = other.Codes[i];
        }
        return true;
    }
}
