using static RegisterEngine.Synthetic.ServiceArea;

namespace RegisterEngine.Synthetic;

/// <summary>The kinds of workplaces, area by area; shares within an area add up to one.</summary>
internal static class WorkplaceTypes
{
    /// <summary>Kinds of workplaces that the mentor programme is for.</summary>
    public const string NursingHome = "sykehjem";

    /// <inheritdoc cref="NursingHome"/>
    public const string HomeCare = "hjemmetjeneste";

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<WorkplaceType> All { get; } =
    [
        new(NursingHome, HealthAndCare, 0.295, 70, ["* sykehjem", "* sykehjem", "* omsorgssenter", "* bo- og omsorgssenter", "* helsehus"],
        [
            ("7174", 20), ("7523", 2.5), ("7734", 0.4), ("7076", 22), ("7075", 4), ("7681", 0.6), ("7517", 3), ("7726", 0.8), ("6572", 32), ("0905", 1.5),
            ("9454", 3.5), ("9451", 0.8), ("7033", 2.8), ("7544", 4), ("7005", 1.5), ("6517", 1), ("6524", 0.6), ("8527", 0.7), ("7453", 0.6), ("6863", 0.7),
        ]),
        new(HomeCare, HealthAndCare, 0.23, 45, ["* hjemmetjeneste", "* hjemmetjeneste", "* hjemmesykepleie", "Hjemmebaserte tjenester *"],
        [
            ("7174", 25), ("7523", 4), ("7734", 0.6), ("7076", 25), ("7075", 5), ("7681", 0.6), ("7517", 3), ("7726", 0.8), ("6572", 24), ("0905", 1),
            ("6585", 6), ("9454", 4), ("7453", 1.5), ("6455", 1.5), ("6524", 0.6), ("6863", 0.4),
        ]),
        new("bofellesskap", HealthAndCare, 0.205, 22, ["* bofellesskap", "* bofellesskap", "* bolig", "* omsorgsbolig", "* avlastning"],
        [
            ("7174", 3), ("7076", 15), ("7075", 2), ("7517", 6), ("7726", 0.6), ("6455", 14), ("6675", 13), ("6572", 37), ("9454", 5.5), ("7544", 1.5), ("0905", 2.4),
        ]),
        new("helsetjeneste", HealthAndCare, 0.15, 18, ["* helsestasjon", "* legekontor", "* fysio- og ergoterapi", "Legevakten *"],
        [
            ("7617", 18), ("8527", 16), ("6517", 20), ("6524", 13), ("8084", 4), ("8112", 5), ("7174", 5), ("7523", 3), ("7276", 9), ("6863", 3), ("9454", 4),
        ]),
        new("forvaltning", HealthAndCare, 0.12, 15, ["* tildelingskontor", "Helse og mestring *", "Koordinerende enhet *"],
        [
            ("7531", 25), ("6559", 18), ("8530", 18), ("9454", 8), ("9451", 5), ("7453", 8), ("7174", 4), ("7523", 2), ("6863", 9), ("7441", 3),
        ]),
        new("skole", Education, 0.80, 42, ["* skole", "* skole", "* barneskole", "* ungdomsskole"],
        [
            ("7962", 25), ("7963", 24), ("7965", 3), ("7966", 8), ("7961", 5), ("7960", 4), ("6572", 8), ("7517", 8.5), ("6675", 2), ("7522", 2.5),
            ("9951", 2.2), ("9954", 3), ("6863", 1.6), ("7544", 2), ("0905", 0.7),
        ]),
        new("sfo", Education, 0.08, 12, ["* SFO", "* skolefritidsordning"], [("6572", 42), ("7517", 34), ("7637", 8), ("9454", 9), ("0905", 7)]),
        new("voksenopplæring", Education, 0.05, 22, ["* voksenopplæring", "* læringssenter"],
            [("7963", 32), ("7962", 26), ("7966", 12), ("8530", 8), ("7441", 6), ("9951", 4), ("6863", 6), ("7960", 6)]),
        new("ppt", Education, 0.03, 12, ["PPT *"], [("7249", 50), ("7522", 18), ("8112", 8), ("6863", 8), ("9454", 8), ("6559", 8)]),
        new("spesialskole", Education, 0.04, 20, ["* ressurssenter", "* spesialskole"],
            [("7963", 20), ("7962", 18), ("7522", 18), ("6675", 12), ("6455", 6), ("6572", 14), ("7517", 8), ("9951", 4)]),
        new("barnehage", Kindergarten, 1, 16, ["* barnehage", "* barnehage", "* naturbarnehage", "* familiebarnehage"],
            [("7637", 27), ("7709", 13), ("7517", 24), ("6572", 22), ("9455", 5), ("7522", 2), ("7544", 2), ("0905", 3), ("6863", 2)]),
        new("administrasjon", Administration, 1, 25, ["* rådhus", "* servicekontor", "* økonomikontor", "* personalkontor", "* IKT-tjeneste"],
            [("8530", 26), ("6559", 21), ("7531", 14), ("6863", 9), ("9454", 7), ("9451", 5), ("9440", 3), ("8209", 4), ("8001", 2), ("7544", 4), ("0905", 2), ("6014", 3)]),
        new("teknisk", ServiceArea.Technical, 1, 16, ["* tekniske tjenester", "* renhold", "* vann og avløp", "* brann og redning", "* eiendomsdrift"],
            [("7544", 30), ("7517", 14), ("8209", 13), ("7210", 11), ("6014", 9), ("7237", 8), ("7233", 7), ("8104", 3), ("9454", 4), ("0905", 1)]),
        new("kultur", Culture, 1, 9, ["* bibliotek", "* kulturskole", "* kulturhus", "* fritidsklubb", "* svømmehall"],
            [("6508", 31), ("6547", 16), ("6559", 12), ("6600", 14), ("6014", 9), ("6572", 5), ("8530", 7), ("9454", 6)]),
        new("sosial", ChildAndSocial, 1, 15, ["* barnevernstjeneste", "NAV *", "* flyktningtjeneste"],
            [("6506", 26), ("7026", 25), ("7441", 18), ("8530", 8), ("9454", 8), ("6675", 8), ("6863", 4), ("6559", 3)]),
    ];
}
