using static RegisterEngine.Synthetic.EntryProfile;
using static RegisterEngine.Synthetic.JobFamily;

namespace RegisterEngine.Synthetic;

/// <summary>The code list: the ten positions whose turnover is published, and others that make up the rest of the sector.</summary>
/// <remarks>
/// Names follow the appendix on position codes of KS's main tariff agreement as far as they are known; codes of positions without published figures are stand-ins of the
/// same form and must not be taken for that list.
/// </remarks>
internal static class Positions
{
    private static readonly Dictionary<string, int> Places;

    static Positions() => Places = All.Index().ToDictionary(indexed => indexed.Item.Code, indexed => indexed.Index, StringComparer.Ordinal);

    /// <summary>All positions; the place of one in the list stands for it everywhere.</summary>
    public static Position[] All { get; } =
    [
        InEvaluation(new("7174", "Sykepleier", Nursing, Degree, SizeProfile.Nursing, 0.90, 490, 0.12)),
        InEvaluation(new("7523", "Spesialsykepleier", Nursing, Experienced, SizeProfile.Nursing, 0.93, 540, 0.10)),
        InEvaluation(new("7734", "Klinisk spesialist i sykepleie", Nursing, Experienced, SizeProfile.Nursing, 0.94, 555, 0.085)),
        InEvaluation(new("7076", "Helsefagarbeider", Care, Vocational, SizeProfile.Care, 0.87, 430, 0.11)),
        InEvaluation(new("7075", "Hjelpepleier", Care, Vocational, SizeProfile.Care, 0.95, 432, 0.11)),
        InEvaluation(new("7681", "Spesialhjelpepleier", Care, Experienced, SizeProfile.Care, 0.94, 442, 0.10)),
        InEvaluation(new("7517", "Fagarbeider", Care, Vocational, SizeProfile.Care, 0.76, 428, 0.10)),
        InEvaluation(new("7726", "Fagarbeider m/høyere fagskole", Care, Vocational, SizeProfile.Nursing, 0.86, 452, 0.10)),
        Health(new("6455", "Vernepleier", Social, Degree, SizeProfile.Nursing, 0.80, 485, 0.12)),
        Health(new("6675", "Miljøterapeut", Social, Degree, SizeProfile.Nursing, 0.74, 480, 0.13)),
        Health(new("6572", "Assistent", Assistant, Unskilled, SizeProfile.Assistant, 0.79, 375, 0.25)),
        new("7617", "Helsesykepleier", Nursing, Experienced, SizeProfile.Nursing, 0.98, 550, 0.09),
        new("6585", "Hjemmehjelp", Assistant, Experienced, SizeProfile.Assistant, 0.94, 380, 0.11),
        new("0905", "Lærling", Assistant, Unskilled, SizeProfile.Full, 0.62, 215, 0.30),
        new("8527", "Lege", Therapy, Experienced, SizeProfile.Teaching, 0.56, 820, 0.12),
        new("6517", "Fysioterapeut", Therapy, Degree, SizeProfile.Nursing, 0.74, 500, 0.09),
        new("6524", "Ergoterapeut", Therapy, Degree, SizeProfile.Teaching, 0.91, 490, 0.09),
        new("8084", "Jordmor", Nursing, Experienced, SizeProfile.Nursing, 0.99, 570, 0.09),
        new("8112", "Psykolog", Therapy, Experienced, SizeProfile.Full, 0.77, 690, 0.13),
        new("7276", "Helsesekretær", Office, Vocational, SizeProfile.Nursing, 0.98, 435, 0.10),
        new("7005", "Aktivitør", Care, Vocational, SizeProfile.Care, 0.93, 430, 0.08),
        new("7033", "Kokk", Technical, Vocational, SizeProfile.Care, 0.72, 425, 0.10),
        new("7544", "Renholder", Technical, Experienced, SizeProfile.Care, 0.88, 385, 0.10),
        new("9454", "Avdelingsleder", Leader, Experienced, SizeProfile.Full, 0.82, 610, 0.08),
        new("9451", "Virksomhetsleder", Leader, Experienced, SizeProfile.Full, 0.72, 710, 0.085),
        new("9440", "Kommunalsjef", Leader, Experienced, SizeProfile.Full, 0.50, 960, 0.11),
        new("7453", "Fagleder", Leader, Experienced, SizeProfile.Full, 0.74, 560, 0.085),
        new("8530", "Rådgiver", Office, Experienced, SizeProfile.Full, 0.66, 590, 0.10),
        new("7531", "Saksbehandler", Office, Experienced, SizeProfile.Full, 0.76, 480, 0.105),
        new("6559", "Konsulent", Office, Experienced, SizeProfile.Full, 0.74, 500, 0.11),
        new("6863", "Sekretær", Office, Vocational, SizeProfile.Nursing, 0.89, 430, 0.11),
        new("7960", "Undervisning uten utdanning", Teaching, Unskilled, SizeProfile.Care, 0.58, 430, 0.30),
        new("7961", "Lærer", Teaching, Degree, SizeProfile.Teaching, 0.78, 500, 0.09),
        new("7962", "Adjunkt", Teaching, Degree, SizeProfile.Teaching, 0.77, 540, 0.078),
        new("7963", "Adjunkt med tilleggsutdanning", Teaching, Degree, SizeProfile.Teaching, 0.75, 575, 0.067),
        new("7965", "Lektor", Teaching, Degree, SizeProfile.Teaching, 0.70, 600, 0.085),
        new("7966", "Lektor med tilleggsutdanning", Teaching, Degree, SizeProfile.Teaching, 0.68, 630, 0.08),
        new("9951", "Rektor", Leader, Experienced, SizeProfile.Full, 0.62, 720, 0.085),
        new("9954", "Undervisningsinspektør", Leader, Experienced, SizeProfile.Full, 0.70, 630, 0.075),
        new("7522", "Spesialpedagog", Teaching, Experienced, SizeProfile.Teaching, 0.92, 560, 0.085),
        new("7249", "PP-rådgiver", Teaching, Experienced, SizeProfile.Full, 0.85, 600, 0.09),
        new("7637", "Pedagogisk leder", Kindergarten, Degree, SizeProfile.Full, 0.91, 500, 0.085),
        new("7709", "Barnehagelærer", Kindergarten, Degree, SizeProfile.Teaching, 0.90, 460, 0.11),
        new("9455", "Styrer", Leader, Experienced, SizeProfile.Full, 0.93, 600, 0.075),
        new("6508", "Kulturskolelærer", Teaching, Degree, SizeProfile.Assistant, 0.52, 510, 0.10),
        new("6547", "Bibliotekar", Office, Experienced, SizeProfile.Teaching, 0.80, 490, 0.08),
        new("6600", "Fritidsleder", Social, Vocational, SizeProfile.Care, 0.54, 440, 0.17),
        new("6014", "Arbeider", Technical, Vocational, SizeProfile.Care, 0.30, 400, 0.15),
        new("8209", "Ingeniør", Technical, Experienced, SizeProfile.Full, 0.33, 610, 0.095),
        new("7210", "Vaktmester", Technical, Experienced, SizeProfile.Full, 0.04, 430, 0.10),
        new("7237", "Brannkonstabel", Technical, Vocational, SizeProfile.Care, 0.05, 450, 0.07),
        new("8104", "Arealplanlegger", Office, Degree, SizeProfile.Full, 0.58, 590, 0.12),
        new("7233", "Driftsoperatør", Technical, Vocational, SizeProfile.Full, 0.05, 460, 0.085),
        new("8001", "Advokat", Office, Experienced, SizeProfile.Full, 0.60, 780, 0.11),
        new("6506", "Barnevernspedagog", Social, Degree, SizeProfile.Full, 0.86, 500, 0.14),
        new("7026", "Sosionom", Social, Degree, SizeProfile.Full, 0.85, 500, 0.13),
        new("7441", "Veileder", Office, Experienced, SizeProfile.Full, 0.73, 490, 0.12),
    ];

    /// <summary>The place of a position.</summary>
    public static int Find(string code) => Places[code];

    private static Position Health(Position position) => position with { IsHealthPersonnel = true };

    private static Position InEvaluation(Position position) => Health(position) with { IsInEvaluation = true };
}
