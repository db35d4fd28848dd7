namespace RegisterEngine.Synthetic;

/// <summary>Positions between which people change jobs: a mover nearly always looks for one of the same family.</summary>
internal enum JobFamily : byte
{
    Assistant,
    Care,
    Nursing,
    Social,
    Therapy,
    Teaching,
    Kindergarten,
    Office,
    Technical,
    Leader,
}

/// <summary>How old people are when they come to a position.</summary>
internal enum EntryProfile : byte
{
    Unskilled,
    Vocational,
    Degree,
    Experienced,
}

/// <summary>How large positions are.</summary>
internal enum SizeProfile : byte
{
    Full,
    Teaching,
    Nursing,
    Care,
    Assistant,
}

/// <summary>A position of the code list.</summary>
/// <param name="Code">Four digits.</param>
/// <param name="Name">Norwegian name.</param>
/// <param name="Family">Among which positions its people move.</param>
/// <param name="Entry">How old they are when they come.</param>
/// <param name="Sizes">How large their positions are.</param>
/// <param name="Women">Share of women.</param>
/// <param name="Pay">Basic annual pay of full time in 2020, in thousand kroner.</param>
/// <param name="Exit">Sector exits a year, where no figure is published: an assumption.</param>
internal sealed record Position(
    string Code, string Name, JobFamily Family, EntryProfile Entry, SizeProfile Sizes, double Women, int Pay, double Exit)
{
    /// <summary>Whether people in it count as health personnel when they work in health and care.</summary>
    public bool IsHealthPersonnel { get; init; }

    /// <summary>Whether it is one of the positions of the evaluation of the mentor programme.</summary>
    public bool IsInEvaluation { get; init; }
}
