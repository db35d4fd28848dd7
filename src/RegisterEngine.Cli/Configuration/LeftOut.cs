using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;

namespace RegisterEngine.Cli.Configuration;

/// <summary>Holds the columns that are left unread against what the universe and the tables look at: all of it would be unknown, and nobody would know why.</summary>
internal static class LeftOut
{
    /// <summary>Sees whether nothing that is asked for is left unread.</summary>
    /// <exception cref="UsageException">Something is; the message names both.</exception>
    public static void Check(IReadOnlyList<RegisterColumn> without, Universe universe, IEnumerable<CellPlan> tables)
    {
        IEnumerable<(string User, RegisterColumn Column)> used = Filters("the universe", universe.PositionCodes, universe.ServiceAreas, universe.Municipalities);
        if (universe.EmploymentForms is not null)
            used = used.Append(("the universe", RegisterColumn.EmploymentForm));
        foreach ((string user, RegisterColumn column) in used.Concat(tables.SelectMany(Used)))
            if (without.Contains(column))
                throw new UsageException($"--without: {user} needs the column '{RegisterColumns.NameOf(column)}', which is left unread.");
    }

    private static IEnumerable<(string User, RegisterColumn Column)> Used(CellPlan table)
    {
        string user = $"the table '{table.Name}'";
        foreach (Dimension dimension in table.By)
            if (ColumnOf(dimension) is { } column)
                yield return (user, column);
        foreach ((string User, RegisterColumn Column) filter in Filters(user, table.Sample.PositionCodes, table.Sample.ServiceAreas, table.Sample.Municipalities))
            yield return filter;
        if (table.Sample.MinimumSize is not null)
            yield return (user, RegisterColumn.PositionSize);
    }

    private static IEnumerable<(string User, RegisterColumn Column)> Filters(string user, object? positions, object? areas, object? municipalities)
    {
        if (positions is not null)
            yield return (user, RegisterColumn.PositionCode);
        if (areas is not null)
            yield return (user, RegisterColumn.ServiceArea);
        if (municipalities is not null)
            yield return (user, RegisterColumn.Municipality);
    }

    private static RegisterColumn? ColumnOf(Dimension dimension) => dimension switch
    {
        Dimension.PositionCode => RegisterColumn.PositionCode,
        Dimension.ServiceArea => RegisterColumn.ServiceArea,
        Dimension.AgeGroup => RegisterColumn.BirthYear,
        Dimension.Sex => RegisterColumn.Sex,
        Dimension.County or Dimension.Municipality => RegisterColumn.Municipality,
        Dimension.EmploymentForm => RegisterColumn.EmploymentForm,
        _ => null,
    };
}
