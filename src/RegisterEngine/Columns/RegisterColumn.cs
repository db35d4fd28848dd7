namespace RegisterEngine.Columns;

/// <summary>The canonical columns of an employment, in their canonical order, which also settles ties between employments.</summary>
public enum RegisterColumn
{
    /// <summary>Year of the count (1 December).</summary>
    Year,

    /// <summary>Key of the person: any text.</summary>
    Person,

    /// <summary>Year of birth.</summary>
    BirthYear,

    /// <summary>A <see cref="Columns.Sex"/>.</summary>
    Sex,

    /// <summary>Code of the municipality.</summary>
    Municipality,

    /// <summary>Key of the workplace (in Norway an organisation number).</summary>
    Workplace,

    /// <summary>Name of the workplace.</summary>
    WorkplaceName,

    /// <summary>Code of the position.</summary>
    PositionCode,

    /// <summary>Name of the position.</summary>
    PositionName,

    /// <summary>What the work is for.</summary>
    ServiceArea,

    /// <summary>Percent of full time, in hundredths of a percent.</summary>
    PositionSize,

    /// <summary>Form of employment (permanent, temporary ...).</summary>
    EmploymentForm,

    /// <summary>First day of the employment.</summary>
    StartDate,

    /// <summary>Pay, in hundredths of the currency.</summary>
    Pay,
}

/// <summary>Sex, as registers tell it.</summary>
public enum Sex
{
    /// <summary>Not told.</summary>
    Unknown,

    /// <summary>Man.</summary>
    Male,

    /// <summary>Woman.</summary>
    Female,

    /// <summary>Any other value that a register knows.</summary>
    Other,
}

/// <summary>What there is to know about the canonical columns.</summary>
public static class RegisterColumns
{
    /// <summary>Names as they stand in layouts and output, in canonical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "year", "person", "birth_year", "sex", "municipality", "workplace", "workplace_name", "position_code", "position_name", "service_area",
        "position_size", "employment_form", "start_date", "pay",
    ];

    /// <summary>Columns of texts that tell where the work is done: few of their combinations occur.</summary>
    public static IReadOnlyList<RegisterColumn> OfUnit { get; } = [RegisterColumn.Municipality, RegisterColumn.Workplace, RegisterColumn.WorkplaceName];

    /// <summary>Columns of texts that tell what the work is: few of their combinations occur.</summary>
    public static IReadOnlyList<RegisterColumn> OfJob { get; } =
        [RegisterColumn.PositionCode, RegisterColumn.PositionName, RegisterColumn.ServiceArea, RegisterColumn.EmploymentForm];

    /// <summary>The name of a column.</summary>
    public static string NameOf(RegisterColumn column) => Names[(int)column];

    /// <summary>The place of a column among some, or -1.</summary>
    internal static int PlaceOf(RegisterColumn column, IReadOnlyList<RegisterColumn> columns)
    {
        for (int place = 0; place < columns.Count; place++)
            if (columns[place] == column)
                return place;
        return -1;
    }

    /// <summary>The column of a name, or null.</summary>
    public static RegisterColumn? Find(string name)
    {
        for (int i = 0; i < Names.Count; i++)
            if (Names[i] == name)
                return (RegisterColumn)i;
        return null;
    }
}
