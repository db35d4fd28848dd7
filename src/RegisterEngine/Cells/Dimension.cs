namespace RegisterEngine.Cells;

/// <summary>What person-years are grouped by.</summary>
public enum Dimension
{
    /// <summary>The year.</summary>
    Year,

    /// <summary>New hire or not.</summary>
    NewHire,

    /// <summary>Position code.</summary>
    PositionCode,

    /// <summary>Service area.</summary>
    ServiceArea,

    /// <summary>Age group.</summary>
    AgeGroup,

    /// <summary>Sex.</summary>
    Sex,

    /// <summary>County: the first two digits of the municipality.</summary>
    County,

    /// <summary>Municipality.</summary>
    Municipality,

    /// <summary>Workplace.</summary>
    Workplace,

    /// <summary>Form of employment.</summary>
    EmploymentForm,
}
