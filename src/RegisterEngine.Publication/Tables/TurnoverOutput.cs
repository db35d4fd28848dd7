using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;

namespace RegisterEngine.Publication.Tables;

/// <summary>Turns turnover into tables that go out.</summary>
public static class TurnoverOutput
{
    /// <summary>The name of a measure.</summary>
    public static string NameOf(Measure measure) => measure switch
    {
        Measure.SectorExit => "sector exit",
        Measure.WorkplaceMove => "workplace move",
        Measure.Total => "total",
        Measure.WorkplaceExit => "workplace exit",
        Measure.MunicipalityExit => "municipality exit",
        Measure.RegisterExit => "register exit",
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    /// <summary>The name of a dimension as a column.</summary>
    public static string NameOf(Dimension dimension) => dimension switch
    {
        Dimension.Year => "year",
        Dimension.NewHire => "new_hire",
        Dimension.PositionCode => "position_code",
        Dimension.ServiceArea => "service_area",
        Dimension.AgeGroup => "age_group",
        Dimension.Sex => "sex",
        Dimension.County => "county",
        Dimension.Municipality => "municipality",
        Dimension.Workplace => "workplace",
        Dimension.EmploymentForm => "employment_form",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
    };

    /// <summary>A table with a row for each group and measure.</summary>
    /// <param name="turnover">The turnover.</param>
    /// <param name="label">How the years of a transition are written.</param>
    /// <param name="codes">Where names of workplaces and positions are found.</param>
    public static OutputTable Table(TurnoverTable turnover, YearLabel label, PanelCodes codes)
    {
        IReadOnlyList<CellDimension> dimensions = turnover.Cells.Dimensions;
        List<Group> groups = [];
        for (int place = 0; place < dimensions.Count; place++)
        {
            (Dimension dimension, IReadOnlyList<string> labels) = dimensions[place];
            groups.Add(new Group(place, new OutputColumn(NameOf(dimension), ValueKind.Text), [.. labels.Select(text => Label(text, dimension, label))]));
            if (NamesOf(dimension, codes) is { } names)
                groups.Add(new Group(place, new OutputColumn(names.Column, ValueKind.Text), [.. labels.Select(text => Value.Of(names.Names.GetValueOrDefault(text)))]));
        }
        bool hasStock = turnover.Denominator == Denominator.AverageStock;
        List<OutputColumn> numbers =
        [
            new("measure", ValueKind.Text), new("person_years", ValueKind.Count), new("n", ValueKind.Count), new("leavers", ValueKind.Count),
            .. hasStock ? [new OutputColumn("average_stock", ValueKind.Number)] : (OutputColumn[])[],
            new("rate", ValueKind.Share), new("standard_deviation", ValueKind.Number), new("wilson_low", ValueKind.Share), new("wilson_high", ValueKind.Share),
        ];
        return new OutputTable(
            turnover.Cells.Plan.Name, TitleOf(turnover), [.. groups.Select(group => group.Column), .. numbers], Rows(turnover, [.. groups], groups.Count + numbers.Count));
    }

    /// <summary>A table for people: a row for each group, with the rate of each measure.</summary>
    /// <inheritdoc cref="Table"/>
    public static OutputTable Wide(TurnoverTable turnover, YearLabel label, PanelCodes codes)
    {
        OutputTable table = Table(turnover, label, codes);
        int groups = table.Columns.Index().First(column => column.Item.Name == "measure").Index;
        int rate = table.Columns.Index().First(column => column.Item.Name == "rate").Index;
        int count = turnover.ShownMeasures.Count;
        return table with
        {
            Columns =
            [
                .. table.Columns.Take(groups), new("n", ValueKind.Count),
                .. turnover.ShownMeasures.Select(measure => new OutputColumn(NameOf(measure).Replace(' ', '_'), ValueKind.Share)),
            ],
            Rows = table.Rows.Chunk(count).Select(rows => (Value[])[.. rows[0].AsSpan(0, groups), rows[0][groups + 2], .. Array.ConvertAll(rows, row => row[rate])]),
        };
    }

    private static IEnumerable<Value[]> Rows(TurnoverTable turnover, Group[] groups, int columns)
    {
        int[] values = new int[turnover.Cells.Dimensions.Count];
        foreach (TurnoverLine line in turnover.Lines)
        {
            var row = new Value[columns];
            turnover.Cells.Values(line.Cell, values);
            for (int i = 0; i < groups.Length; i++)
                row[i] = groups[i].Values[values[groups[i].Dimension]];
            Fill(row.AsSpan(groups.Length), line, turnover.Denominator);
            yield return row;
        }
    }

    private static void Fill(Span<Value> row, in TurnoverLine line, Denominator denominator)
    {
        row[0] = Value.Of(NameOf(line.Measure));
        row[1] = Value.Of(line.PersonYears);
        row[2] = Value.Of(line.Turnover.Of);
        row[3] = Value.Of(line.Turnover.Count);
        if (denominator == Denominator.AverageStock)
        {
            // Leavers over an average stock are no share of cases: there is no deviation and no interval of them.
            row[4] = Value.Of(line.AverageStock);
            row[5] = Value.Share(line.Rate(denominator));
            row[6..].Fill(Value.Missing);
            return;
        }
        row[4] = Value.Share(line.Turnover);
        row[5] = Value.Of(line.Turnover.StandardDeviation);
        (double Low, double High)? wilson = line.Turnover.Wilson;
        row[6] = Value.Share(wilson?.Low);
        row[7] = Value.Share(wilson?.High);
    }

    private static Value Label(string label, Dimension dimension, YearLabel years)
    {
        if (dimension != Dimension.Year)
            return Value.Of(label.Length == 0 ? "unknown" : label);
        int start = int.Parse(label, System.Globalization.CultureInfo.InvariantCulture);
        return Value.Of(years switch { YearLabel.Pair => $"{start}-{start + 1}", YearLabel.Start => $"{start}", _ => $"{start + 1}" });
    }

    private static (string Column, Dictionary<string, string> Names)? NamesOf(Dimension dimension, PanelCodes codes) => dimension switch
    {
        Dimension.Workplace => ("workplace_name", Names(codes, RegisterColumn.Workplace, RegisterColumn.WorkplaceName)),
        Dimension.PositionCode => ("position_name", Names(codes, RegisterColumn.PositionCode, RegisterColumn.PositionName)),
        _ => null,
    };

    // A unit may have had several names: the smallest in ordinal order stands for it, whatever the order of files.
    private static Dictionary<string, string> Names(PanelCodes codes, RegisterColumn key, RegisterColumn name)
    {
        int[] keys = codes.Books.CodesOf(key);
        int[] names = codes.Books.CodesOf(name);
        return keys.Zip(names).Where(pair => pair.First != CodeBook.Missing && pair.Second != CodeBook.Missing)
            .GroupBy(pair => pair.First)
            .ToDictionary(group => codes.Books[key].Text(group.Key), group => group.Select(pair => codes.Books[name].Text(pair.Second)).Min(StringComparer.Ordinal)!);
    }

    private static string TitleOf(TurnoverTable turnover)
    {
        IReadOnlyList<Dimension> by = turnover.Cells.Plan.By;
        string groups = by.Count == 0 ? "" : $" by {string.Join(", ", by.Select(dimension => NameOf(dimension).Replace('_', ' ')))}";
        return $"Turnover{groups}{string.Concat(Conditions(turnover.Cells.Plan.Sample).Select(condition => ", " + condition))}";
    }

    // Whoever reads the table must see whom it counts.
    private static IEnumerable<string> Conditions(Sample sample)
    {
        if (sample.MinimumSize is { } size)
            yield return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"main job of {size / 100m:0.##} % or more");
        if (sample.NewHire is { } newHire)
            yield return newHire switch { NewHire.Yes => "new hires only", NewHire.No => "without new hires", _ => "unknown whether new hires only" };
        foreach ((string what, IEnumerable<string>? values) in ((string, IEnumerable<string>?)[])[
            ("years", sample.Years?.Select(year => $"{year}")), ("positions", sample.PositionCodes), ("service areas", sample.ServiceAreas),
            ("municipalities", sample.Municipalities), ("workplaces", sample.Workplaces)])
            if (values is not null)
                yield return $"{what} {string.Join(", ", values)}";
    }

    // A column of a group: the values that it has for those of its dimension.
    private sealed record Group(int Dimension, OutputColumn Column, Value[] Values);
}
