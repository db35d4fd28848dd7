using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>Which moments a cell has, and where each lies.</summary>
/// <remarks>
/// <para>A moment is the sum of age^p * woman^q over person-years of a cell: over all with a known transition (p + q up to the degree), and over those of each transition but
/// a stay (p + q up to the degree less one). A measure is a sum of transitions, so its moments are sums of theirs. Woman is 0 or 1 and its own square, so q is 0 or 1; each
/// measure too, so y * y needs no moment. A square of residuals times two regressors is of degree four: the highest that robust errors ask for.</para>
/// <para>Layout: person-years with an unknown transition; the known ones; then each transition.</para>
/// </remarks>
public sealed class MomentBasis
{
    /// <summary>The highest degree.</summary>
    public const int HighestDegree = 4;

    private static readonly Transition[] Leaving =
        [Transition.MoveWithinMunicipality, Transition.MoveBetweenMunicipalities, Transition.LeaveUniverse, Transition.LeaveRegister];

    private readonly int _known;
    private readonly int _leaving;

    /// <summary>The moments up to a degree.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The degree is not 2, 3 or 4.</exception>
    public MomentBasis(int degree)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(degree, HighestDegree);
        Degree = degree;
        _known = (2 * degree) + 1;
        _leaving = (2 * degree) - 1;
        Length = 1 + _known + (Leaving.Length * _leaving);
    }

    /// <summary>The highest p + q.</summary>
    public int Degree { get; }

    /// <summary>How many moments a cell has.</summary>
    public int Length { get; }

    /// <summary>Place of the number of person-years whose transition is unknown.</summary>
    public static int Unknown => 0;

    /// <summary>Place of the sum of age^p * woman^q over all person-years with a known transition.</summary>
    public int Known(int p, int q) => 1 + Within(p, q, Degree);

    /// <summary>Place of the sum of age^p * woman^q over the person-years of a transition that is no stay.</summary>
    public int Of(Transition transition, int p, int q) => 1 + _known + (Array.IndexOf(Leaving, transition) * _leaving) + Within(p, q, Degree - 1);

    /// <summary>Writes what one person-year adds to each moment.</summary>
    internal void Describe(int age, int woman, Transition transition, Span<long> moments)
    {
        moments[..Length].Clear();
        if (transition == Transition.Unknown)
        {
            moments[Unknown] = 1;
            return;
        }
        int part = Array.IndexOf(Leaving, transition);
        long power = 1;
        for (int p = 0; p <= Degree; p++, power *= age)
            for (int q = 0; q <= 1 && p + q <= Degree; q++)
            {
                long value = q == 0 ? power : power * woman;
                moments[Known(p, q)] = value;
                if (part >= 0 && p + q < Degree)
                    moments[Of(transition, p, q)] = value;
            }
    }

    // Powers of age alone, then those with woman.
    private static int Within(int p, int q, int degree)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p + q, degree);
        return q == 0 ? p : degree + 1 + p;
    }
}
