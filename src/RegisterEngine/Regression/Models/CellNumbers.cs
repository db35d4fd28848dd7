using System.Runtime.CompilerServices;
using RegisterEngine.Cells;
using RegisterEngine.Kernels;
using RegisterEngine.Panel;

namespace RegisterEngine.Regression.Models;

/// <summary>Means of cells and sums of products around them, by cell: what all models of the same outcomes have in common.</summary>
internal sealed class CellNumbers
{
    private const int PartCells = 4096;

    /// <summary>The numbers of a frame for some outcomes.</summary>
    public CellNumbers(CellFrame frame, IReadOnlyList<Measure> measures)
    {
        int count = frame.Count;
        (Rows, Age, Woman, AgeAge, AgeWoman, WomanWoman) = (Numbers(), Numbers(), Numbers(), Numbers(), Numbers(), Numbers());
        (Means, Squares, AgeOutcome, WomanOutcome) = (ByOutcome(), ByOutcome(), ByOutcome(), ByOutcome());
        MomentBasis basis = frame.Basis;
        int n = basis.Known(0, 0), a = basis.Known(1, 0), w = basis.Known(0, 1), aa = basis.Known(2, 0), aw = basis.Known(1, 1);
        int[][] parts = [.. measures.Select(measure => measure.Counted().Select(transition => basis.Of(transition, 0, 0)).ToArray())];
        int byAge = basis.Of(Transition.LeaveRegister, 1, 0) - basis.Of(Transition.LeaveRegister, 0, 0);
        int byWoman = basis.Of(Transition.LeaveRegister, 0, 1) - basis.Of(Transition.LeaveRegister, 0, 0);
        Workers.ForParts(count, PartCells, Describe);

        void Describe(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                ReadOnlySpan<long> line = frame.Line(i);
                long rows = line[n], ages = line[a], women = line[w];
                double one = 1.0 / rows;
                Rows[i] = rows;
                Age[i] = (double)ages / rows;
                Woman[i] = (double)women / rows;
                AgeAge[i] = Around(rows, one, ages, ages, line[aa]);
                AgeWoman[i] = Around(rows, one, ages, women, line[aw]);
                WomanWoman[i] = Around(rows, one, women, women, women);
                for (int outcome = 0; outcome < parts.Length; outcome++)
                {
                    long counted = 0, countedAges = 0, countedWomen = 0;
                    foreach (int part in parts[outcome])
                    {
                        counted += line[part];
                        countedAges += line[part + byAge];
                        countedWomen += line[part + byWoman];
                    }
                    Means[outcome][i] = (double)counted / rows;
                    Squares[outcome][i] = Around(rows, one, counted, counted, counted);
                    AgeOutcome[outcome][i] = Around(rows, one, ages, counted, countedAges);
                    WomanOutcome[outcome][i] = Around(rows, one, women, counted, countedWomen);
                }
            }
        }

        double[] Numbers() => HugePages.Allocate<double>(count);

        double[][] ByOutcome() => [.. measures.Select(_ => Numbers())];
    }

    /// <summary>Person-years.</summary>
    public double[] Rows { get; }

    /// <summary>Mean age.</summary>
    public double[] Age { get; }

    /// <summary>Share of women.</summary>
    public double[] Woman { get; }

    /// <summary>Sum of squares of age.</summary>
    public double[] AgeAge { get; }

    /// <summary>Sum of products of age and being a woman.</summary>
    public double[] AgeWoman { get; }

    /// <summary>Sum of squares of being a woman.</summary>
    public double[] WomanWoman { get; }

    /// <summary>By outcome, its mean.</summary>
    public double[][] Means { get; }

    /// <summary>By outcome, its sum of squares.</summary>
    public double[][] Squares { get; }

    /// <summary>By outcome, its sum of products with age.</summary>
    public double[][] AgeOutcome { get; }

    /// <summary>By outcome, its sum of products with being a woman.</summary>
    public double[][] WomanOutcome { get; }

    /// <summary>A sum of products around means, from sums: exact until it is multiplied with one over the count, which costs a fraction of a division.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Around(long count, double one, long a, long b, long product) => ((count | product | a | b) >> 31) == 0
        ? ((count * product) - (a * b)) * one
        : (double)(((Int128)count * product) - ((Int128)a * b)) * one;
}
