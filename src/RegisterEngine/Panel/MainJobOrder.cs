using RegisterEngine.Columns;

namespace RegisterEngine.Panel;

/// <summary>
/// The order in which employments of a person and year are the main job: largest position size, earliest start date (unknown last), smallest workplace, smallest
/// position code, then the other columns in their canonical order (unknown last). A total order on contents; equal employments stand in the order of their inputs.
/// </summary>
internal sealed class MainJobOrder(PanelCodes codes) : IComparer<PanelRow>
{
    private readonly int[] _workplace = codes.RanksOf(RegisterColumn.Workplace);
    private readonly int[] _position = codes.RanksOf(RegisterColumn.PositionCode);
    private readonly int[] _municipality = codes.RanksOf(RegisterColumn.Municipality);
    private readonly int[] _workplaceName = codes.RanksOf(RegisterColumn.WorkplaceName);
    private readonly int[] _positionName = codes.RanksOf(RegisterColumn.PositionName);
    private readonly int[] _area = codes.RanksOf(RegisterColumn.ServiceArea);
    private readonly int[] _form = codes.RanksOf(RegisterColumn.EmploymentForm);

    /// <summary>Negative where <paramref name="x"/> comes before <paramref name="y"/>.</summary>
    public int Compare(PanelRow x, PanelRow y)
    {
        int order = y.SizeThenStart.CompareTo(x.SizeThenStart);
        return order != 0 ? order : CompareContents(x, y);
    }

    private int CompareContents(PanelRow x, PanelRow y)
    {
        int order = _workplace[x.Unit].CompareTo(_workplace[y.Unit]);
        if (order == 0)
            order = _position[x.Job].CompareTo(_position[y.Job]);
        if (order == 0)
            order = OrLast(x.BirthYear).CompareTo(OrLast(y.BirthYear));
        if (order == 0)
            order = OrLast((int)x.Sex).CompareTo(OrLast((int)y.Sex));
        if (order == 0)
            order = _municipality[x.Unit].CompareTo(_municipality[y.Unit]);
        if (order == 0)
            order = _workplaceName[x.Unit].CompareTo(_workplaceName[y.Unit]);
        if (order == 0)
            order = _positionName[x.Job].CompareTo(_positionName[y.Job]);
        if (order == 0)
            order = _area[x.Job].CompareTo(_area[y.Job]);
        if (order == 0)
            order = _form[x.Job].CompareTo(_form[y.Job]);
        if (order == 0)
            order = (x.Pay ?? long.MaxValue).CompareTo(y.Pay ?? long.MaxValue);
        return order != 0 ? order : x.Origin.CompareTo(y.Origin);
    }

    private static int OrLast(int value) => value == 0 ? int.MaxValue : value;
}
