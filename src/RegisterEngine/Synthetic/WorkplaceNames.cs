using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>Names of workplaces: invented places and what is there, such as "Solhaug sykehjem".</summary>
internal sealed class WorkplaceNames
{
    private static readonly string[] Beginnings =
    [
        "Sol", "Furu", "Bjørke", "Gran", "Eike", "Linde", "Rogne", "Hegge", "Aske", "Ospe", "Selje", "Older", "Fjell", "Sjø", "Strand", "Elve", "Bekke", "Myr", "Eng",
        "Åker", "Nord", "Sør", "Øst", "Vest", "Mellom", "Øvre", "Nedre", "Stein", "Berg", "Lang", "Brei", "Høy", "Lille", "Stor", "Kirke", "Preste", "Mølle", "Sag",
        "Grønn", "Rød", "Kvit", "Tyri", "Mark", "Ørne", "Rype", "Elg", "Rev", "Hare", "Svane", "Måke", "Vår", "Blåbær", "Tytte", "Lyng", "Einer", "Klokker",
    ];

    private static readonly string[] Endings =
    [
        "haug", "li", "lia", "bakken", "tun", "vang", "heim", "åsen", "lunden", "moen", "stad", "dalen", "vika", "nes", "sund", "berget", "kollen", "løkka", "jordet",
        "enga", "toppen", "hagen", "stua", "veien", "plassen", "fossen", "mo",
    ];

    private readonly Permutation _places;
    private readonly Dictionary<WorkplaceType, int> _named = [];
    private int _place;

    /// <summary>The names of one municipality.</summary>
    public WorkplaceNames(ulong seed, int municipality) =>
        _places = new Permutation((ulong)(Beginnings.Length * Endings.Length), Hashing.Mix(seed + (ulong)municipality));

    /// <summary>The next name of a kind; no two are equal as long as there are places.</summary>
    public string Next(WorkplaceType type)
    {
        int number = _named.GetValueOrDefault(type);
        _named[type] = number + 1;
        int place = (int)_places[(ulong)(_place++ % (Beginnings.Length * Endings.Length))];
        string name = type.Names[number % type.Names.Count].Replace("*", Beginnings[place % Beginnings.Length] + Endings[place / Beginnings.Length], StringComparison.Ordinal);
        return name;
    }
}
