"""Host groups: sites that share any host:port are crawled by one worker, whatever their order in the list."""

from itertools import permutations

from crawlers.register import Register

SITES = {
    "a": ("http://a.gov.cn/", ()),
    "b": ("http://b.gov.cn/", ()),
    "bridge": ("http://c.gov.cn/", ("a.gov.cn", "d.gov.cn")),
    "d": ("http://d.gov.cn/x/", ()),
    "port": ("http://b.gov.cn:8080/", ()),
}


def test_sites_are_grouped_in_every_order() -> None:
    for order in permutations(SITES):
        sites = [{"id": name, "home": SITES[name][0], "hosts": SITES[name][1]} for name in order]
        register = Register.model_validate({"format": 1, "title": "测试", "units": [], "sites": sites, "scopes": []})
        groups = [[site.id for site in group] for group in register.host_groups()]
        assert sorted(map(sorted, groups)) == [["a", "bridge", "d"], ["b"], ["port"]]
        assert sorted(name for group in groups for name in group) == sorted(SITES)
