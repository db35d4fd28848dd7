using RegisterEngine.Cells;
using RegisterEngine.Kernels;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Workplaces;

/// <summary>Counts of every workplace before and after a year, as a structure of arrays: by number of the array, then workplace.</summary>
public sealed class WorkplaceCounts
{
    private const int PartCells = 20_000;

    private WorkplaceCounts(IReadOnlyList<string> workplaces, IReadOnlyList<Measure> measures)
    {
        Workplaces = workplaces;
        Measures = measures;
        Stride = (workplaces.Count + BatchedShares.Lanes - 1) / BatchedShares.Lanes * BatchedShares.Lanes;
        Before = new double[Stride];
        After = new double[Stride];
        LeaversBefore = [.. measures.Select(_ => new double[Stride])];
        LeaversAfter = [.. measures.Select(_ => new double[Stride])];
    }

    /// <summary>The workplaces that have person-years.</summary>
    public IReadOnlyList<string> Workplaces { get; }

    /// <summary>The measures.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    /// <summary>Length of each array: the workplaces, filled up to whole vectors.</summary>
    internal int Stride { get; }

    /// <summary>By workplace, person-years before.</summary>
    internal double[] Before { get; }

    /// <summary>By workplace, person-years after.</summary>
    internal double[] After { get; }

    /// <summary>By measure and workplace, leavers before.</summary>
    internal double[][] LeaversBefore { get; }

    /// <summary>By measure and workplace, leavers after.</summary>
    internal double[][] LeaversAfter { get; }

    /// <summary>Person-years of a workplace.</summary>
    public (long Before, long After) RowsOf(int workplace) => ((long)Before[workplace], (long)After[workplace]);

    /// <summary>Leavers among all person-years of a workplace.</summary>
    public Proportion Turnover(int workplace, int measure) =>
        new((long)(LeaversBefore[measure][workplace] + LeaversAfter[measure][workplace]), (long)(Before[workplace] + After[workplace]));

    /// <summary>Counts the cells of a table by workplace and year.</summary>
    /// <param name="frame">The cells.</param>
    /// <param name="measures">The measures.</param>
    /// <param name="start">First year after.</param>
    public static WorkplaceCounts Of(CellFrame frame, IReadOnlyList<Measure> measures, int start)
    {
        int[] places = PlacesOf(frame, out IReadOnlyList<string> names);
        int[] years = frame.Values(Dimension.Year);
        bool[] isAfterIn = [.. frame.Labels(Dimension.Year).Select(label => int.Parse(label, System.Globalization.CultureInfo.InvariantCulture) >= start)];
        var counts = new WorkplaceCounts(names, measures);
        int known = frame.Basis.Known(0, 0);
        int[][] moments = [.. measures.Select(measure => measure.Counted().Select(transition => frame.Basis.Of(transition, 0, 0)).ToArray())];
        // Cells of a workplace lie together where it is the first dimension; then parts of the cells can be counted at once.
        int parts = frame.Count > PartCells && IsRising(places) ? Environment.ProcessorCount : 1;
        int[] cuts = [.. Enumerable.Range(0, parts + 1).Select(part => Cut(places, (int)((long)frame.Count * part / parts)))];
        Workers.For(parts, parts, (part, _) =>
        {
            for (int cell = cuts[part]; cell < cuts[part + 1]; cell++)
            {
                ReadOnlySpan<long> line = frame.Line(cell);
                bool isAfter = isAfterIn[years[cell]];
                int place = places[cell];
                (isAfter ? counts.After : counts.Before)[place] += line[known];
                for (int i = 0; i < moments.Length; i++)
                {
                    long sum = 0;
                    foreach (int moment in moments[i])
                        sum += line[moment];
                    (isAfter ? counts.LeaversAfter : counts.LeaversBefore)[i][place] += sum;
                }
            }
        });
        return counts;
    }

    /// <summary>By cell, the place of its workplace among those that have cells.</summary>
    internal static int[] PlacesOf(CellFrame frame, out IReadOnlyList<string> names)
    {
        int[] values = frame.Values(Dimension.Workplace);
        IReadOnlyList<string> labels = frame.Labels(Dimension.Workplace);
        int[] placeOf = new int[labels.Count];
        foreach (int value in values)
            placeOf[value] = 1;
        var found = new List<string>();
        for (int value = 0; value < placeOf.Length; value++)
        {
            if (placeOf[value] == 0)
                continue;
            placeOf[value] = found.Count;
            found.Add(labels[value]);
        }
        names = found;
        int[] places = GC.AllocateUninitializedArray<int>(values.Length);
        for (int cell = 0; cell < places.Length; cell++)
            places[cell] = placeOf[values[cell]];
        return places;
    }

    private static bool IsRising(int[] places)
    {
        for (int i = 1; i < places.Length; i++)
            if (places[i] < places[i - 1])
                return false;
        return true;
    }

    // The first cell of a workplace from here on.
    private static int Cut(int[] places, int at)
    {
        while (at > 0 && at < places.Length && places[at] == places[at - 1])
            at++;
        return at;
    }
}
