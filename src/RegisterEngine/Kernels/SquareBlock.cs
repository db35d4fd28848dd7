using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>
/// Squares of residuals times the products of any two regressors, summed over the rows of eight cells at once, from the moments of age, of being a woman and of outcomes that are 0 or 1: lanes of a
/// vector are cells.
/// </summary>
/// <remarks>
/// The residual of a row is L + y with L = c - a age - w woman. With y y = y its square is L^2 + y (1 + 2 L); and woman woman = woman. So all follows from moments up to degree four, which are moved
/// to ages around a whole number near their mean, exactly, before they become floating numbers. Layout: number i of lane l lies at <c>i * 8 + l</c>.
/// </remarks>
internal readonly ref struct SquareBlock
{
    /// <summary>Cells of a block.</summary>
    public const int Lanes = 8;

    /// <summary>Powers of age from 0 to 4, then those from 0 to 3 of women.</summary>
    public const int KnownMoments = 9;

    /// <summary>Powers of age from 0 to 3, then those from 0 to 2 of women.</summary>
    public const int CountedMoments = 7;

    private const int Powers = 5;
    private const int CountedPowers = 4;

    /// <summary>Regressors.</summary>
    public required int Size { get; init; }

    /// <summary>Outcomes.</summary>
    public required int Outcomes { get; init; }

    /// <summary>Moments of all rows.</summary>
    public required ReadOnlySpan<long> Known { get; init; }

    /// <summary>By outcome, moments of rows where it is 1.</summary>
    public required ReadOnlySpan<long> Counted { get; init; }

    /// <summary>By outcome, the mean of its residuals.</summary>
    public required ReadOnlySpan<double> Residuals { get; init; }

    /// <summary>By outcome, by how much a residual falls with age.</summary>
    public required ReadOnlySpan<double> Ages { get; init; }

    /// <summary>By outcome, by how much a residual is less for a woman.</summary>
    public required ReadOnlySpan<double> Women { get; init; }

    /// <summary>By regressor, its mean.</summary>
    public required ReadOnlySpan<double> Means { get; init; }

    /// <summary>By regressor, by how much it grows with age.</summary>
    public required ReadOnlySpan<double> ByAge { get; init; }

    /// <summary>By regressor, by how much it is more for a woman.</summary>
    public required ReadOnlySpan<double> ByWoman { get; init; }

    /// <summary>Length of the sums: by outcome, then pair of regressors (i, j) with j &lt;= i, then lane.</summary>
    public int Sums => Outcomes * Size * (Size + 1) / 2 * Lanes;

    /// <summary>Adds the sums of all lanes.</summary>
    public void Add(Span<double> sums)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sums.Length, Sums);
        Span<Vector512<double>> known = stackalloc Vector512<double>[KnownMoments], counted = stackalloc Vector512<double>[CountedMoments];
        Span<Vector512<double>> start = stackalloc Vector512<double>[Size], free = stackalloc Vector512<double>[3], women = stackalloc Vector512<double>[2];
        Vector512<long> origin = Vector512.ConvertToInt64(Vector512.Round(Vector512.ConvertToDouble(At(Known, 1)) / Vector512.ConvertToDouble(At(Known, 0))));
        Move(Known[..(Powers * Lanes)], origin, known);
        Move(Known[(Powers * Lanes)..], origin, known[Powers..]);
        Vector512<double> rows = known[0], age = known[1] / rows, woman = known[Powers] / rows;
        for (int i = 0; i < Size; i++)
            start[i] = At(Means, i) - (At(ByAge, i) * age) - (At(ByWoman, i) * woman);
        ref double to = ref MemoryMarshal.GetReference(sums);
        for (int outcome = 0; outcome < Outcomes; outcome++)
        {
            ReadOnlySpan<long> moments = Counted.Slice(outcome * CountedMoments * Lanes, CountedMoments * Lanes);
            Move(moments[..(CountedPowers * Lanes)], origin, counted);
            Move(moments[(CountedPowers * Lanes)..], origin, counted[CountedPowers..]);
            Vector512<double> a = At(Ages, outcome), w = At(Women, outcome);
            Vector512<double> c = At(Residuals, outcome) - (counted[0] / rows) + (a * age) + (w * woman);
            Vector512<double> f0 = c * c, f1 = -2 * c * a, f2 = a * a, g0 = (w * w) - (2 * w * c), g1 = 2 * w * a;
            Vector512<double> h0 = Vector512<double>.One + (2 * c), h1 = -2 * a, hw = -2 * w;
            for (int p = 0; p < free.Length; p++)
                free[p] = (f0 * known[p]) + (f1 * known[p + 1]) + (f2 * known[p + 2]) + (g0 * known[Powers + p]) + (g1 * known[Powers + p + 1])
                    + (h0 * counted[p]) + (h1 * counted[p + 1]) + (hw * counted[CountedPowers + p]);
            for (int p = 0; p < women.Length; p++)
                women[p] = ((f0 + g0) * known[Powers + p]) + ((f1 + g1) * known[Powers + p + 1]) + (f2 * known[Powers + p + 2])
                    + ((h0 + hw) * counted[CountedPowers + p]) + (h1 * counted[CountedPowers + p + 1]);
            for (int i = 0; i < Size; i++)
            {
                Vector512<double> byAge = At(ByAge, i), byWoman = At(ByWoman, i);
                Vector512<double> alone = (start[i] * free[0]) + (byAge * free[1]) + (byWoman * women[0]);
                Vector512<double> withAge = (start[i] * free[1]) + (byAge * free[2]) + (byWoman * women[1]);
                Vector512<double> withWoman = (start[i] * women[0]) + (byAge * women[1]) + (byWoman * women[0]);
                for (int j = 0; j <= i; j++, to = ref Unsafe.Add(ref to, Lanes))
                    (Vector512.LoadUnsafe(ref to) + ((start[j] * alone) + (At(ByAge, j) * withAge) + (At(ByWoman, j) * withWoman))).StoreUnsafe(ref to);
            }
        }
    }

    /// <summary>The specification of <see cref="Add"/>, for one lane: cells that are fewer than a block go through it.</summary>
    public void AddScalar(int lane, Span<double> sums)
    {
        Span<double> known = stackalloc double[KnownMoments], counted = stackalloc double[CountedMoments], start = stackalloc double[Size];
        Span<double> free = stackalloc double[3], women = stackalloc double[2];
        long origin = (long)Math.Round((double)Known[Lanes + lane] / Known[lane]);
        MoveScalar(Known[..(Powers * Lanes)], lane, origin, known);
        MoveScalar(Known[(Powers * Lanes)..], lane, origin, known[Powers..]);
        double rows = known[0], age = known[1] / rows, woman = known[Powers] / rows;
        for (int i = 0; i < Size; i++)
            start[i] = Means[(i * Lanes) + lane] - (ByAge[(i * Lanes) + lane] * age) - (ByWoman[(i * Lanes) + lane] * woman);
        int to = lane;
        for (int outcome = 0; outcome < Outcomes; outcome++)
        {
            ReadOnlySpan<long> moments = Counted.Slice(outcome * CountedMoments * Lanes, CountedMoments * Lanes);
            MoveScalar(moments[..(CountedPowers * Lanes)], lane, origin, counted);
            MoveScalar(moments[(CountedPowers * Lanes)..], lane, origin, counted[CountedPowers..]);
            double a = Ages[(outcome * Lanes) + lane], w = Women[(outcome * Lanes) + lane];
            double c = Residuals[(outcome * Lanes) + lane] - (counted[0] / rows) + (a * age) + (w * woman);
            double f0 = c * c, f1 = -2 * c * a, f2 = a * a, g0 = (w * w) - (2 * w * c), g1 = 2 * w * a, h0 = 1 + (2 * c), h1 = -2 * a, hw = -2 * w;
            for (int p = 0; p < free.Length; p++)
                free[p] = (f0 * known[p]) + (f1 * known[p + 1]) + (f2 * known[p + 2]) + (g0 * known[Powers + p]) + (g1 * known[Powers + p + 1])
                    + (h0 * counted[p]) + (h1 * counted[p + 1]) + (hw * counted[CountedPowers + p]);
            for (int p = 0; p < women.Length; p++)
                women[p] = ((f0 + g0) * known[Powers + p]) + ((f1 + g1) * known[Powers + p + 1]) + (f2 * known[Powers + p + 2])
                    + ((h0 + hw) * counted[CountedPowers + p]) + (h1 * counted[CountedPowers + p + 1]);
            for (int i = 0; i < Size; i++)
            {
                double byAge = ByAge[(i * Lanes) + lane], byWoman = ByWoman[(i * Lanes) + lane];
                double alone = (start[i] * free[0]) + (byAge * free[1]) + (byWoman * women[0]);
                double withAge = (start[i] * free[1]) + (byAge * free[2]) + (byWoman * women[1]);
                double withWoman = (start[i] * women[0]) + (byAge * women[1]) + (byWoman * women[0]);
                for (int j = 0; j <= i; j++, to += Lanes)
                    sums[to] += (start[j] * alone) + (ByAge[(j * Lanes) + lane] * withAge) + (ByWoman[(j * Lanes) + lane] * withWoman);
            }
        }
    }

    // Moments around zero to moments around another origin, exactly: whole numbers until all is done.
    private static void Move(ReadOnlySpan<long> moments, Vector512<long> origin, Span<Vector512<double>> moved)
    {
        int count = moments.Length / Lanes;
        Span<Vector512<long>> own = stackalloc Vector512<long>[Powers];
        for (int i = 0; i < count; i++)
            own[i] = At(moments, i);
        for (int step = 0; step < count - 1; step++)
            for (int i = count - 1; i > step; i--)
                own[i] -= origin * own[i - 1];
        for (int i = 0; i < count; i++)
            moved[i] = Vector512.ConvertToDouble(own[i]);
    }

    private static void MoveScalar(ReadOnlySpan<long> moments, int lane, long origin, Span<double> moved)
    {
        int count = moments.Length / Lanes;
        Span<long> own = stackalloc long[Powers];
        for (int i = 0; i < count; i++)
            own[i] = moments[(i * Lanes) + lane];
        for (int step = 0; step < count - 1; step++)
            for (int i = count - 1; i > step; i--)
                own[i] -= origin * own[i - 1];
        for (int i = 0; i < count; i++)
            moved[i] = own[i];
    }

    private static Vector512<long> At(ReadOnlySpan<long> numbers, int place) => Vector512.Create(numbers.Slice(place * Lanes, Lanes));

    private static Vector512<double> At(ReadOnlySpan<double> numbers, int place) => Vector512.Create(numbers.Slice(place * Lanes, Lanes));
}
