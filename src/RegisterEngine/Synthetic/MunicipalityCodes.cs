namespace RegisterEngine.Synthetic;

/// <summary>The codes of municipalities over the years: counties were joined in 2018 and 2020 and parted again in 2024, and many municipalities were two before.</summary>
internal sealed class MunicipalityCodes
{
    private const int FirstReform = 2018;
    private const int GreatReform = 2020;
    private const int LatestReform = 2024;

    // One municipality in five was two, from the fourth largest of a county on.
    private const int MergedOneIn = 5;
    private const int FirstMerged = 3;
    private const int LargestNumber = 99;

    // By county since 2024: its code in 2020-23, in 2018-19, and before.
    private static readonly Dictionary<string, (string Great, string First, string Before)> Earlier = new(StringComparer.Ordinal)
    {
        ["31"] = ("30", "01", "01"),
        ["32"] = ("30", "02", "02"),
        ["33"] = ("30", "06", "06"),
        ["34"] = ("34", "05", "05"),
        ["39"] = ("38", "07", "07"),
        ["40"] = ("38", "08", "08"),
        ["42"] = ("42", "10", "10"),
        ["46"] = ("46", "12", "12"),
        ["50"] = ("50", "50", "16"),
        ["55"] = ("54", "19", "19"),
        ["56"] = ("54", "20", "20"),
    };

    private readonly MunicipalSector _sector;
    private readonly string[] _great;
    private readonly string[] _first;
    private readonly string[] _before;

    // The year in which a municipality was made of two, or 0; and what the second was called, by the same three periods.
    private readonly int[] _merged;
    private readonly int[] _secondNumber;

    public MunicipalityCodes(MunicipalSector sector)
    {
        _sector = sector;
        int count = sector.Municipalities.Length;
        (_great, _first, _before) = (new string[count], new string[count], new string[count]);
        (_merged, _secondNumber) = (new int[count], new int[count]);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] merged = new int[County.All.Count];
        for (int m = 0; m < count; m++)
        {
            string code = sector.Municipalities[m].Code;
            (string great, string first, string before) = Earlier.GetValueOrDefault(code[..2], (code[..2], code[..2], code[..2]));
            int number = numbers[great] = numbers.GetValueOrDefault(great) + 1;
            (_great[m], _first[m], _before[m]) = ($"{great}{number:00}", $"{first}{code[2..]}", $"{before}{code[2..]}");
            int rank = int.Parse(code.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture) - 1;
            if (rank < FirstMerged || (rank - FirstMerged) % MergedOneIn != 0)
                continue;
            int earlier = merged[sector.Municipalities[m].County]++;
            _merged[m] = earlier == 0 ? FirstReform : GreatReform;
            _secondNumber[m] = LargestNumber - earlier;
        }
        Changes = [.. FindChanges().Distinct()];
    }

    /// <summary>All changes of codes, by year.</summary>
    public IReadOnlyList<MergerTruth> Changes { get; }

    /// <summary>The code of the municipality of a workplace.</summary>
    public string Of(int workplace, int year)
    {
        int municipality = _sector.MunicipalityOfWorkplace[workplace];
        Range workplaces = _sector.WorkplacesIn(municipality);
        bool isSecond = year < _merged[municipality] && workplace >= (workplaces.Start.Value + workplaces.End.Value) / 2;
        string code = year >= LatestReform ? _sector.Municipalities[municipality].Code
            : year >= GreatReform ? _great[municipality]
            : year >= FirstReform ? _first[municipality]
            : _before[municipality];
        return isSecond ? $"{code[..2]}{_secondNumber[municipality]:00}" : code;
    }

    private IEnumerable<MergerTruth> FindChanges()
    {
        foreach (int year in (int[])[FirstReform, GreatReform, LatestReform])
            for (int workplace = 0; workplace < _sector.Workplaces.Length; workplace++)
                if (Of(workplace, year - 1) is var before && Of(workplace, year) is var after && before != after)
                    yield return new MergerTruth(before, after, year);
    }
}
