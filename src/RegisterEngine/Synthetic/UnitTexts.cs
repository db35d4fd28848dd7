using RegisterEngine.Kernels;
using RegisterEngine.Schemas;

namespace RegisterEngine.Synthetic;

/// <summary>What municipalities and workplaces are called in each year: codes, organisation numbers and names, after what the traps do to them.</summary>
internal sealed class UnitTexts
{
    private const int ReorganisedOneIn = 80;
    private const int InvalidOneIn = 90;
    private const int QuotedOneIn = 7;

    private readonly MunicipalSector _sector;
    private readonly MunicipalityCodes? _codes;

    // For each workplace that gets one: its new number and the first year of that.
    private readonly Dictionary<int, (string Number, int Year)> _reorganised = [];
    private readonly Dictionary<int, string> _invalid = [];
    private readonly bool[] _isInvalid;

    public UnitTexts(MunicipalSector sector, IReadOnlyList<TreatedWorkplace> treated, SyntheticOptions options)
    {
        _sector = sector;
        _isInvalid = new bool[sector.Workplaces.Length];
        if (options.Traps.HasFlag(Traps.Mergers))
            _codes = new MunicipalityCodes(sector);
        var numbers = new OrganisationNumbers(~options.Seed);
        HashSet<string> taken = [.. sector.Workplaces.Select(workplace => workplace.Number)];
        HashSet<int> spared = [.. treated.Select(workplace => workplace.Workplace)];
        int laterYears = options.Years.To - options.Years.From;
        for (int w = 0; w < sector.Workplaces.Length; w++)
        {
            if (spared.Contains(w))
                continue;
            ulong chance = Hashing.Mix(options.Seed + (ulong)w);
            if (options.Traps.HasFlag(Traps.Reorganisations) && laterYears > 0 && chance % ReorganisedOneIn == 0)
            {
                string number = numbers.Next();
                while (!taken.Add(number))
                    number = numbers.Next();
                _reorganised[w] = (number, options.Years.From + 1 + (int)((chance >> 32) % (ulong)laterYears));
            }
            else if (options.Traps.HasFlag(Traps.InvalidOrganisationNumbers) && chance % InvalidOneIn == 1)
            {
                _invalid[w] = WithWrongCheck(sector.Workplaces[w].Number);
                _isInvalid[w] = true;
            }
        }
    }

    /// <summary>The code of the municipality of a workplace.</summary>
    public string Municipality(int workplace, int year) => _codes?.Of(workplace, year) ?? _sector.Municipalities[_sector.MunicipalityOfWorkplace[workplace]].Code;

    /// <summary>The organisation number of a workplace.</summary>
    public string Number(int workplace, int year)
    {
        if (_invalid.TryGetValue(workplace, out string? invalid))
            return invalid;
        return _reorganised.TryGetValue(workplace, out var since) && year >= since.Year ? since.Number : _sector.Workplaces[workplace].Number;
    }

    /// <summary>Whether the organisation number of a workplace has a wrong check digit.</summary>
    public bool HasInvalidNumber(int workplace) => _isInvalid[workplace];

    /// <summary>The name of a workplace in a file of some dialect.</summary>
    public string Name(int workplace, Dialect dialect)
    {
        string name = _sector.Workplaces[workplace].Name;
        if (!dialect.HasQuotedNames || workplace % QuotedOneIn != 0)
            return name;
        return (workplace / QuotedOneIn % 4) switch
        {
            0 => $"{name}{(char)dialect.Delimiter} avd. 2",
            1 => $"{name} \"Øst\"",
            2 => $"{name}{dialect.LineEnd}bygg 3",
            _ => $"\"{name}\"{(char)dialect.Delimiter}{dialect.LineEnd}\"Åsen\"",
        };
    }

    /// <summary>What is known about units.</summary>
    public (IReadOnlyList<ReorganisationTruth> Reorganisations, IReadOnlyList<MergerTruth> Mergers, IReadOnlyList<string> Invalid) Truth(IReadOnlyList<RegisterYear> years)
    {
        var stayers = new Dictionary<int, int>();
        foreach (RegisterYear year in years)
            foreach (Employment job in year.Employments)
                if (job.Outcome == Outcome.Stayed && _reorganised.TryGetValue(job.Workplace, out var since) && since.Year == year.Year + 1)
                    stayers[job.Workplace] = stayers.GetValueOrDefault(job.Workplace) + 1;
        return (
            [.. _reorganised.Select(w => new ReorganisationTruth(_sector.Workplaces[w.Key].Number, w.Value.Number, w.Value.Year, stayers.GetValueOrDefault(w.Key)))],
            [.. (_codes?.Changes ?? []).Where(change => change.Year > years[0].Year && change.Year <= years[^1].Year)],
            [.. _invalid.Values]);
    }

    private static string WithWrongCheck(string number)
    {
        string wrong = $"{number[..^1]}{(number[^1] - '0' + 1) % 10}";
        return OrganisationNumber.IsValid(System.Text.Encoding.ASCII.GetBytes(wrong)) ? throw new InvalidOperationException("Two check digits of a number cannot be right.") : wrong;
    }
}
