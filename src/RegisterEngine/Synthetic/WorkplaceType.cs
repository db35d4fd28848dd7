namespace RegisterEngine.Synthetic;

/// <summary>What work is for.</summary>
internal enum ServiceArea : byte
{
    HealthAndCare,
    Education,
    Kindergarten,
    Administration,
    Technical,
    Culture,
    ChildAndSocial,
}

/// <summary>A kind of workplace: how common and how large, and who works there.</summary>
/// <param name="Kind">What it is, in Norwegian.</param>
/// <param name="Area">Its service area.</param>
/// <param name="Share">Its share of the seats of the area.</param>
/// <param name="MeanSeats">How many seats one has on average.</param>
/// <param name="Names">Endings of names; <c>*</c> stands for the name of a place.</param>
/// <param name="Mix">Positions and their weights.</param>
internal sealed record WorkplaceType(
    string Kind, ServiceArea Area, double Share, int MeanSeats, IReadOnlyList<string> Names, IReadOnlyList<(string Code, double Weight)> Mix);

/// <summary>The service areas.</summary>
internal static class ServiceAreas
{
    /// <summary>How many there are.</summary>
    public const int Count = 7;

    /// <summary>Norwegian names, as extracts have them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["Helse og omsorg", "Undervisning", "Barnehage", "Administrasjon", "Teknisk", "Kultur", "Barnevern og sosial"];

    /// <summary>Shares of the sector's seats.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.40, 0.30, 0.10, 0.08, 0.07, 0.025, 0.025];
}
