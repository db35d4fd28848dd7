using RegisterEngine.Cells;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Designs;

/// <summary>What the treated and others are like, and how the measures went by year.</summary>
internal static class DescriptiveLines
{
    /// <summary>Age and sex before and after, of new hires and others, at treated workplaces and in all of the country.</summary>
    public static IReadOnlyList<CharacteristicLine> Characteristics(string population, MomentTable table, Treatments treatments, EvaluationOptions options)
    {
        EvaluationSample all = EvaluationSample.Of(table, treatments, options.Years, null);
        CellFrame frame = all.Frame;
        int[] newHire = frame.Values(Dimension.NewHire);
        IReadOnlyList<string> labels = frame.Labels(Dimension.NewHire);
        MomentBasis basis = frame.Basis;
        var lines = new List<CharacteristicLine>();
        foreach (string group in (string[])[PopulationPart.TreatedGroup, PopulationPart.NationalGroup])
            for (int hired = labels.Count - 1; hired > 0; hired--)
                foreach (bool isAfter in (bool[])[false, true])
                {
                    long ages = 0, withAge = 0, women = 0, withSex = 0;
                    for (int cell = 0; cell < frame.Count; cell++)
                    {
                        if (newHire[cell] != hired || all.Post[cell] != isAfter || (group == PopulationPart.TreatedGroup && all.Treated[cell] < 0))
                            continue;
                        ReadOnlySpan<long> line = frame.Line(cell);
                        bool hasAge = frame.Known[cell].HasFlag(KnownControls.Age), hasSex = frame.Known[cell].HasFlag(KnownControls.Sex);
                        withAge += hasAge ? line[basis.Known(0, 0)] : 0;
                        ages += hasAge ? line[basis.Known(1, 0)] : 0;
                        withSex += hasSex ? line[basis.Known(0, 0)] : 0;
                        women += hasSex ? line[basis.Known(0, 1)] : 0;
                    }
                    lines.Add(new CharacteristicLine(population, group, labels[hired], isAfter, withAge > 0 ? (double)ages / withAge : null, new Proportion(women, withSex)));
                }
        return lines;
    }

    /// <summary>The measures by year, at treated workplaces and controls.</summary>
    public static IReadOnlyList<TrendLine> Trends(string population, EvaluationSample both, IReadOnlyList<Measure> measures) =>
    [
        .. from isTreated in (bool[])[true, false]
           from year in both.Years.Distinct().Order()
           from measure in measures
           select new TrendLine(
               population, isTreated ? PopulationPart.TreatedGroup : PopulationPart.ControlGroup, year, measure,
               both.Count(measure, cell => both.Years[cell] == year && both.Treated[cell] >= 0 == isTreated)),
    ];
}
