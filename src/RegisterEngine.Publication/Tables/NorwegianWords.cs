namespace RegisterEngine.Publication.Tables;

/// <summary>The words of tables in Norwegian.</summary>
internal static class NorwegianWords
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["year"] = "år",
        ["new_hire"] = "nytilsatt",
        ["position_code"] = "stillingskode",
        ["position_name"] = "stillingsnavn",
        ["service_area"] = "tjenesteområde",
        ["age_group"] = "aldersgruppe",
        ["sex"] = "kjønn",
        ["county"] = "fylke",
        ["municipality"] = "kommune",
        ["workplace"] = "virksomhet",
        ["workplace_name"] = "virksomhetsnavn",
        ["employment_form"] = "ansettelsesform",
        ["measure"] = "mål",
        ["person_years"] = "personår",
        ["n"] = "antall",
        ["leavers"] = "sluttet",
        ["rate"] = "turnover",
        ["standard_deviation"] = "standardavvik",
        ["wilson_low"] = "nedre grense",
        ["wilson_high"] = "øvre grense",
        ["average_stock"] = "gjennomsnittlig bestand",
        ["file"] = "fil",
        ["rows"] = "rader",
        ["persons"] = "personer",
        ["change"] = "endring",
        ["delivered"] = "levert",
        ["duplicates"] = "dubletter",
        ["rejected"] = "avvist",
        ["employments"] = "stillingsforhold",
        ["layout"] = "filbeskrivelse",
        ["accepted"] = "godkjent",
        ["invalid_organisation_numbers"] = "ugyldige organisasjonsnumre",
        ["unknown_position_codes"] = "ukjente stillingskoder",
        ["lacking"] = "mangler",
    };

    // The two meanings of "virksomhetsnivå" are told apart: moves between workplaces, and KS's figure of all who are not there any more.
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["sector exit"] = "ut av kommunal sektor (kommunenivå)",
        ["workplace move"] = "til en annen virksomhet",
        ["total"] = "samlet: ut av sektoren eller til en annen virksomhet",
        ["workplace exit"] = "ut av virksomheten (virksomhetsnivå hos KS)",
        ["municipality exit"] = "ut av kommunen",
        ["register exit"] = "ikke i noe stillingsforhold i sektoren",
        ["yes"] = "ja",
        ["no"] = "nei",
        ["unknown"] = "ukjent",
        ["male"] = "mann",
        ["female"] = "kvinne",
        ["other"] = "annet",
        ["gap"] = "hull",
        ["no list given"] = "ingen liste oppgitt",
    };

    public static string Column(OutputColumn column) => Columns.GetValueOrDefault(column.Name, column.Name) + (column.Kind == ValueKind.Share ? " (prosent)" : "");

    public static string Text(OutputColumn column, string text) => column.Name is "measure" or "new_hire" or "sex" or "delivered" or "unknown_position_codes" || text == "unknown"
        ? Texts.GetValueOrDefault(text, text)
        : text;
}
