using RegisterEngine.Cells;
using RegisterEngine.Panel;

namespace RegisterEngine.Publication.Tables;

/// <summary>Turnover as it is mostly published: a row for each group, a column for each pair of years, one measure.</summary>
public static class YearColumns
{
    /// <summary>The rates of one measure.</summary>
    /// <param name="turnover">Turnover by year and other groups, in which the measure is shown.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="label">How the years of a transition are written.</param>
    /// <param name="codes">Where names of workplaces and positions are found.</param>
    /// <exception cref="ArgumentException">The table is not by year, or does not show the measure.</exception>
    public static OutputTable Table(TurnoverTable turnover, Measure measure, YearLabel label, PanelCodes codes)
    {
        OutputTable table = TurnoverOutput.Table(turnover, label, codes);
        int year = PlaceOf(table, TurnoverOutput.NameOf(Dimension.Year));
        int rate = PlaceOf(table, "rate");
        int measureAt = PlaceOf(table, "measure");
        int[] groups = [.. Enumerable.Range(0, measureAt).Where(place => place != year)];
        List<Value[]> rows = [.. table.Rows.Where(row => row[measureAt].Text == TurnoverOutput.NameOf(measure))];
        if (rows.Count == 0 && !turnover.ShownMeasures.Contains(measure))
            throw new ArgumentException($"The table does not show {TurnoverOutput.NameOf(measure)}.", nameof(measure));
        string[] years = [.. rows.Select(row => row[year].Text!).Distinct().Order(StringComparer.Ordinal)];
        return new OutputTable(
            $"{table.Name}-{TurnoverOutput.NameOf(measure).Replace(' ', '-')}",
            $"{table.Title}: {TurnoverOutput.NameOf(measure)}, percent",
            [.. groups.Select(place => table.Columns[place]), .. years.Select(pair => new OutputColumn(pair, ValueKind.Share))],
            rows.GroupBy(row => new Key([.. groups.Select(place => row[place])]))
                .OrderBy(group => group.Key)
                .Select(group =>
                {
                    Dictionary<string, Value> rates = group.ToDictionary(row => row[year].Text!, row => row[rate]);
                    return (Value[])[.. group.Key.Values, .. years.Select(pair => rates.GetValueOrDefault(pair, Value.Missing))];
                }));
    }

    private static int PlaceOf(OutputTable table, string name) =>
        table.Columns.Index().Where(column => column.Item.Name == name).Select(column => (int?)column.Index).FirstOrDefault()
        ?? throw new ArgumentException($"The table has no column {name}.", nameof(name));

    // The values of the groups of a row, in the order of their texts.
    private sealed record Key(Value[] Values) : IComparable<Key>
    {
        private readonly string _text = string.Join('\u001f', Values.Select(value => value.Text));

        public bool Equals(Key? other) => other is not null && _text == other._text;

        public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

        public int CompareTo(Key? other) => string.CompareOrdinal(_text, other?._text);
    }
}
