from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixer.cloudformation.template import Reference, Template
from fixer.model import Path, Set, Value


def resources(**bodies: Any) -> Template:
    return Template({"Resources": bodies})


def brief(references: tuple[Reference, ...]) -> list[tuple[str, str, str | None]]:
    return [(reference.kind, reference.target, reference.attribute) for reference in references]


# -- shapes

NAMES = st.sampled_from(["A", "B", "Fn::ForEach::L", "Fn::Transform", "C"])
FUNCTIONS = st.sampled_from(
    [
        "Ref",
        "Condition",
        "DependsOn",
        "Type",
        "Properties",
        "Connectors",
        "Id",
        "Events",
        "Fn::Sub",
        "Fn::GetAtt",
        "Fn::If",
        "Fn::And",
        "Fn::Not",
        "Fn::Equals",
        "Fn::FindInMap",
        "Fn::ValueOf",
        "Fn::ForEach::L",
        "Fn::Transform",
    ]
)
SCALARS = st.sampled_from(
    [None, True, 0, 1.5, "", "A", "B.C", "${A}", "${A.B} ${!C}", "X::MODULE", "AWS::Serverless-1"]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(FUNCTIONS | NAMES | st.integers(0, 1), inner, max_size=4)
    ),
    max_leaves=15,
)
SECTIONS = st.sampled_from(
    ["Resources", "Parameters", "Conditions", "Outputs", "Mappings", "Rules", "Globals", "Metadata", "Transform"]
)


@given(VALUES | st.dictionaries(SECTIONS, VALUES | st.dictionaries(NAMES, VALUES, max_size=3), max_size=6))
def test_no_shape_raises_and_nothing_is_changed(data: Any) -> None:
    before = copy.deepcopy(data)
    template = Template(data)
    for reference in template.references:
        assert isinstance(template.value_at(reference.name_path), str)
        template.conditions_on(reference.path)
        template.rename_references(reference.target, "New", reference.section)
    for resource in template.resources.values():
        assert resource.depends_on is not None
        assert isinstance(resource.properties, dict)
        assert isinstance(resource.has_known_properties, bool)
        template.reaches(resource.id, "A")
    for parameter in template.parameters.values():
        assert None not in (parameter.is_secret, parameter.is_list, parameter.is_ssm, parameter.allowed_values)
    for condition in template.conditions:
        assert template.implies(condition, condition)
        template.implies(condition, "B")
    assert template.fresh_id("A") not in template.section("Resources")
    assert None not in (template.has_macros, template.is_sam, template.outputs, template.mappings, template.opaque)
    assert template.data == before


# -- entries


def test_resource() -> None:
    body = {
        "Type": "AWS::S3::Bucket",
        "Condition": "C",
        "DependsOn": ["A", {"Ref": "B"}],
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": {"Ref": "P"},
        "Properties": {"Tags": [{"Key": "a"}]},
    }
    bucket = resources(Bucket=body).resources["Bucket"]
    assert (bucket.id, bucket.type, bucket.condition) == ("Bucket", "AWS::S3::Bucket", "C")
    assert bucket.depends_on == ("A",)
    assert (bucket.deletion_policy, bucket.update_replace_policy) == ("Retain", None)
    assert bucket.property_path("Tags", 0) == ("Resources", "Bucket", "Properties", "Tags", 0)
    assert bucket.get("Tags", 0, "Key") == "a"
    assert bucket.get("Name", default="none") == "none"


@pytest.mark.parametrize(
    ("body", "properties", "known"),
    [
        ({}, {}, True),
        ({"Properties": None}, {}, True),
        ({"Properties": "x"}, {}, False),
        ({"Properties": {"A": 1}}, {"A": 1}, True),
        ({"Properties": {"Fn::Transform": {}}}, {}, False),
        ({"Properties": {"Fn::If": ["C", {}, {}]}}, {}, False),
        ({"Properties": {"A": 1, "Fn::Transform": {}}}, {"A": 1, "Fn::Transform": {}}, False),
        ({"Properties": {"A": 1, "Fn::ForEach::X": []}}, {"A": 1, "Fn::ForEach::X": []}, False),
    ],
)
def test_properties(body: Any, properties: Any, known: bool) -> None:
    resource = resources(A=body).resources["A"]
    assert resource.properties == properties
    assert resource.has_known_properties is known


def test_loops_modules_and_macros_are_opaque_and_broken_bodies_are_not_seen() -> None:
    template = Template(
        {
            "Resources": {
                "Fn::ForEach::Loop": [],
                "Fn::Transform": {"Name": "AWS::Include"},
                "Module": {"Type": "My::Own::Thing::MODULE"},
                "Broken": "x",
                7: {"Type": "T"},
                "Untyped": {},
                "Good": {"Type": "T"},
            }
        }
    )
    assert list(template.resources) == ["Untyped", "Good"]
    assert template.resources["Untyped"].type == ""
    assert set(template.opaque) == {"Fn::ForEach::Loop", "Fn::Transform", "Module"}
    assert [resource.id for resource in template.resources_of("T", "U")] == ["Good"]


@pytest.mark.parametrize(
    ("value", "no_echo"), [(True, True), ("true", True), ("True", True), ("false", False), (1, False)]
)
def test_no_echo(value: Any, no_echo: bool) -> None:
    assert Template({"Parameters": {"P": {"NoEcho": value}}}).parameters["P"].no_echo is no_echo


@pytest.mark.parametrize(
    ("kind", "is_list", "is_ssm"),
    [
        ("String", False, False),
        ("CommaDelimitedList", True, False),
        ("List<AWS::EC2::Subnet::Id>", True, False),
        ("AWS::SSM::Parameter::Value<String>", False, True),
        ("AWS::SSM::Parameter::Value<List<String>>", True, True),
        ("AWS::SSM::Parameter::Value<CommaDelimitedList>", True, True),
        ("AWS::SSM::Parameter::Name", False, True),
        (None, False, False),
    ],
)
def test_parameter_type(kind: Any, is_list: bool, is_ssm: bool) -> None:
    parameter = Template({"Parameters": {"P": {"Type": kind}}}).parameters["P"]
    assert (parameter.is_list, parameter.is_ssm) == (is_list, is_ssm)


@pytest.mark.parametrize(
    ("name", "body", "secret"),
    [
        ("Environment", {}, False),
        ("DBPassword", {}, True),
        ("MasterUserPwd", {}, True),
        ("GitHubToken", {}, True),
        ("ApiKey", {}, True),
        ("KeyName", {}, False),
        ("SecretArn", {}, False),
        ("SlackWebhookUrl", {}, True),
        ("Webhook", {}, True),
        ("WebhookFunctionName", {}, False),
        ("DbConnectionString", {}, True),
        ("SigningKey", {}, True),
        ("EncryptionKeyArn", {}, False),
        ("KmsKeyId", {}, False),
        ("PasswordMinimumLength", {}, False),
        ("PasswordReusePrevention", {"Type": "Number"}, False),
        ("AllowUsersToChangePassword", {"AllowedValues": [True, "false"]}, False),
        ("Password", {"Type": "Number", "NoEcho": "true"}, True),
        ("Password", {"AllowedValues": ["admin", "true"]}, True),
        ("ParentSecretStack", {}, False),
        ("SecretArn", {"NoEcho": True}, True),
        ("Name", {"Default": "{{resolve:ssm-secure:/x:1}}"}, True),
    ],
)
def test_secret_parameters(name: str, body: Any, secret: bool) -> None:
    assert Template({"Parameters": {name: body}}).parameters[name].is_secret is secret


def test_a_null_default_is_a_default() -> None:
    parameters = Template({"Parameters": {"A": {"Default": None}, "B": {"AllowedValues": ["x"]}}}).parameters
    assert parameters["A"].has_default
    assert not parameters["B"].has_default
    assert parameters["B"].allowed_values == ("x",)


def test_output() -> None:
    body = {"Value": {"Ref": "A"}, "Condition": "C", "Export": {"Name": "n"}}
    output = Template({"Outputs": {"O": body, "P": {}, "Fn::ForEach::L": []}}).outputs["O"]
    assert (output.value, output.export, output.condition, output.path) == ({"Ref": "A"}, "n", "C", ("Outputs", "O"))


@pytest.mark.parametrize(
    ("data", "names", "sam", "macros"),
    [
        ({"Transform": "AWS::Serverless-2016-10-31"}, ("AWS::Serverless-2016-10-31",), True, False),
        (
            {"Transform": ["AWS::LanguageExtensions", "AWS::Serverless-2016-10-31"]},
            ("AWS::LanguageExtensions", "AWS::Serverless-2016-10-31"),
            True,
            False,
        ),
        ({"Transform": [{"Name": "AWS::Include"}, 3]}, ("AWS::Include",), False, True),
        ({"Transform": {"Name": "Mine"}}, ("Mine",), False, True),
        ({"Fn::Transform": {}}, (), False, True),
        ({"Mappings": {"Fn::Transform": {}}}, (), False, True),
        ({"Resources": {"A": {"Properties": {"Fn::Transform": {}}}}}, (), False, False),
        ({}, (), False, False),
        (None, (), False, False),
    ],
)
def test_transforms(data: Any, names: tuple[str, ...], sam: bool, macros: bool) -> None:
    template = Template(data)
    assert (template.transforms, template.is_sam, template.has_macros) == (names, sam, macros)


# -- references


def test_references_of_every_kind_in_document_order() -> None:
    template = Template(
        {
            "Parameters": {"P": {"Default": {"Ref": "NotOne"}}},
            "Metadata": {"X": {"Ref": "NotOne"}},
            "Rules": {"R": {"Assertions": [{"Assert": {"Fn::ValueOf": ["P", "Zone"]}}]}},
            "Conditions": {
                "Both": {"Fn::And": [{"Condition": "One"}, {"Fn::Not": [{"Condition": "Two"}]}]},
                "Three": {"Condition": "One"},
            },
            "Resources": {
                "Role": {
                    "DependsOn": ["B"],
                    "Type": "T",
                    "Condition": "Both",
                    "Metadata": {"AWS::CloudFormation::Init": {"x": {"Ref": "P"}}},
                    "Properties": {
                        "A": {"Fn::GetAtt": ["B", "Arn"]},
                        "B": {"Fn::GetAtt": "B.Endpoint.Port"},
                        "C": {"Fn::GetAtt": ["B", {"Ref": "P"}]},
                        "D": {"Fn::Sub": ["${Own} ${B.Arn} ${!No} ${AWS::Region}", {"Own": {"Ref": "P"}}]},
                        "E": {"Fn::If": ["One", {"Fn::FindInMap": ["M", {"Ref": "P"}, "k"]}, "x"]},
                        "Statement": {"Condition": "Both"},
                        "Note": "Ref",
                    },
                },
                "B": {"DependsOn": "Role"},
            },
            "Outputs": {"O": {"Condition": "One", "Value": {"Ref": "B"}}},
        }
    )
    assert [(r.kind, r.target, r.attribute, "/".join(map(str, r.path[2:]))) for r in template.references] == [
        ("ValueOf", "P", None, "Assertions/0/Assert"),
        ("Condition", "One", None, "Fn::And/0"),
        ("Condition", "Two", None, "Fn::And/1/Fn::Not/0"),
        ("Condition", "One", None, ""),
        ("DependsOn", "B", None, "DependsOn/0"),
        ("Condition", "Both", None, "Condition"),
        ("Ref", "P", None, "Metadata/AWS::CloudFormation::Init/x"),
        ("GetAtt", "B", "Arn", "Properties/A"),
        ("GetAtt", "B", "Endpoint.Port", "Properties/B"),
        ("GetAtt", "B", None, "Properties/C"),
        ("Ref", "P", None, "Properties/C/Fn::GetAtt/1"),
        ("Sub", "B", "Arn", "Properties/D/Fn::Sub/0"),
        ("Sub", "AWS::Region", None, "Properties/D/Fn::Sub/0"),
        ("Ref", "P", None, "Properties/D/Fn::Sub/1/Own"),
        ("If", "One", None, "Properties/E"),
        ("FindInMap", "M", None, "Properties/E/Fn::If/1"),
        ("Ref", "P", None, "Properties/E/Fn::If/1/Fn::FindInMap/1"),
        ("DependsOn", "Role", None, "DependsOn"),
        ("Condition", "One", None, "Condition"),
        ("Ref", "B", None, "Value"),
    ]
    assert not any(reference.opaque for reference in template.references)
    assert brief(template.references_of(("Outputs", "O", "Value"))) == [("Condition", "One", None), ("Ref", "B", None)]
    assert len(template.references_to("B")) == 6
    assert len(template.references_to("One", "Conditions")) == 4
    assert template.references_to("M") == ()
    assert template.references_to("P", "Parameters") == template.references_to("P", "Resources")


def test_loop_variables_are_no_references_and_loops_are_opaque() -> None:
    template = Template(
        {
            "Conditions": {"Fn::ForEach::C": ["Zone", ["a"], {"Is${Zone}": {"Fn::Not": [{"Condition": "Base"}]}}]},
            "Resources": {
                "Fn::ForEach::Tables": [
                    "Name",
                    {"Ref": "Names"},
                    {
                        "Table${Name}": {
                            "Type": "T",
                            "Condition": "Base",
                            "DependsOn": "Bucket",
                            "Properties": {
                                "TableName": {"Ref": "Name"},
                                "Text": {"Fn::Sub": "${Name} ${Bucket.Arn}"},
                                "Other": {"Fn::GetAtt": ["Queue${Name}", "Arn"]},
                            },
                        }
                    },
                ],
                "After": {"Properties": {"X": {"Ref": "Name"}}},
            },
        }
    )
    assert brief(template.references) == [
        ("Condition", "Base", None),
        ("Ref", "Names", None),
        ("Condition", "Base", None),
        ("DependsOn", "Bucket", None),
        ("Sub", "Bucket", "Arn"),
        ("GetAtt", "Queue${Name}", "Arn"),
        ("Ref", "Name", None),
    ]
    assert [reference.opaque for reference in template.references] == [True] * 6 + [False]
    inside = ("Resources", "Fn::ForEach::Tables", 2, "Table${Name}", "Properties", "TableName")
    assert template.conditions_on(inside) == {("Base", True)}


def test_a_module_and_a_macro_refer_opaquely() -> None:
    template = resources(
        M={"Type": "A::B::C::MODULE", "Properties": {"X": {"Ref": "P"}}},
        R={"Properties": {"Fn::Transform": {"Parameters": {"Y": {"Ref": "P"}}}, "Z": {"Ref": "P"}}},
    )
    assert [reference.opaque for reference in template.references_to("P")] == [True, True, False]


def test_includes_refer_even_where_nothing_else_does() -> None:
    include = {"Name": "AWS::Include", "Parameters": {"Location": {"Fn::Sub": "s3://${Bucket}/x"}}}
    template = Template(
        {"Transform": [include], "Mappings": {"Fn::Transform": include, "M": {"a": {"b": {"Ref": "X"}}}}}
    )
    assert [reference.owner for reference in template.references] == [("Transform", 0), ("Mappings", "Fn::Transform")]


def test_what_sam_takes_for_a_logical_id() -> None:
    template = Template(
        {
            "Transform": "AWS::Serverless-2016-10-31",
            "Globals": {"Function": {"Role": {"Ref": "Role"}}},
            "Resources": {
                "Api": {"Type": "AWS::Serverless::Api"},
                "Function": {
                    "Type": "AWS::Serverless::Function",
                    "Properties": {
                        "Events": {
                            "Get": {"Type": "Api", "Properties": {"RestApiId": "Api", "Path": "Api"}},
                            "Put": {"Type": "Api", "Properties": {"RestApiId": "a1b2c3"}},
                        },
                        "Environment": {"Id": "Api"},
                    },
                    "Connectors": {"C": {"Properties": {"Destination": [{"Id": "Table"}]}}},
                },
                "Table": {"Type": "AWS::Serverless::SimpleTable"},
                "Connector": {
                    "Type": "AWS::Serverless::Connector",
                    "Properties": {"Source": {"Id": "Function"}, "Destination": {"Id": "Table"}, "Id": "Api"},
                },
                "Alarm": {"Properties": {"A": {"Ref": "Function.Version"}, "B": {"Ref": "FunctionRole"}}},
            },
        }
    )
    assert brief(template.references) == [
        ("Ref", "Role", None),
        ("Id", "Api", None),
        ("Id", "Table", None),
        ("Id", "Function", None),
        ("Id", "Table", None),
        ("Ref", "Function", "Version"),
        ("Ref", "FunctionRole", None),
    ]
    assert template.dependencies["Alarm"] == {"Function"}
    assert template.fresh_id("FunctionRole") == "FunctionRole2"


def test_rename_references() -> None:
    template = Template(
        {
            "Conditions": {"A": {"Fn::Equals": ["x", "y"]}},
            "Resources": {
                "R": {
                    "Condition": "A",
                    "DependsOn": ["X", "A"],
                    "Properties": {
                        "A": {"Ref": "A"},
                        "B": {"Fn::GetAtt": "A.Arn"},
                        "C": {"Fn::Sub": "${A}/${A.Arn}/${X}"},
                        "D": {"Fn::Sub": ["${A} ${A.Arn}", {"A": {"Fn::GetAtt": ["A", "Arn"]}}]},
                    },
                },
            },
        }
    )
    properties = ("Resources", "R", "Properties")
    assert template.rename_references("A", "New") == (
        Set(("Resources", "R", "DependsOn", 1), "New"),
        Set((*properties, "A", "Ref"), "New"),
        Set((*properties, "B", "Fn::GetAtt"), "New.Arn"),
        Set((*properties, "C", "Fn::Sub"), "${New}/${New.Arn}/${X}"),
        Set((*properties, "D", "Fn::Sub", 0), "${A} ${New.Arn}"),
        Set((*properties, "D", "Fn::Sub", 1, "A", "Fn::GetAtt", 0), "New"),
    )
    assert template.rename_references("A", "New", "Conditions") == (Set(("Resources", "R", "Condition"), "New"),)


# -- graph


def test_graph() -> None:
    template = Template(
        {
            "Parameters": {"P": {}},
            "Resources": {
                "A": {"Properties": {"X": {"Ref": "B"}, "Y": {"Ref": "P"}, "Z": {"Ref": "AWS::Region"}}},
                "B": {"DependsOn": "C"},
                "C": {"Condition": "D"},
                "D": {},
            },
        }
    )
    assert template.dependencies == {"A": {"B"}, "B": {"C"}, "C": frozenset(), "D": frozenset()}
    assert template.reaches("A", "C")
    assert template.reaches("A", "A")
    assert not template.reaches("C", "A")
    assert not template.reaches("A", "D")


def test_an_unknown_name_may_come_from_a_loop() -> None:
    template = resources(
        **{
            "A": {"Properties": {"X": {"Ref": "TableOne"}}},
            "Fn::ForEach::Tables": ["Name", ["One"], {"Table${Name}": {"Properties": {"Y": {"Ref": "B"}}}}],
            "B": {},
        }
    )
    assert template.reaches("A", "B")
    assert template.reaches("Fn::ForEach::Tables", "B")
    assert not template.reaches("B", "A")


# -- conditions

ENV = {"Ref": "Env"}
LOGIC = Template(
    {
        "Conditions": {
            "Prod": {"Fn::Equals": [ENV, "prod"]},
            "AlsoProd": {"Fn::Equals": ["prod", ENV]},
            "Dev": {"Fn::Equals": [ENV, "dev"]},
            "Alias": {"Condition": "Prod"},
            "NotProd": {"Fn::Not": [{"Condition": "Prod"}]},
            "Cert": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Cert"}, ""]}]},
            "ProdCert": {"Fn::And": [{"Condition": "Alias"}, {"Condition": "Cert"}]},
            "Deep": {"Fn::And": [{"Condition": "ProdCert"}, {"Fn::Equals": [{"Ref": "X"}, "y"]}]},
            "Either": {"Fn::Or": [{"Condition": "Prod"}, {"Condition": "Dev"}]},
            "Neither": {"Fn::Not": [{"Condition": "Either"}]},
            "OneOfTwo": {"Fn::Or": [{"Condition": "ProdCert"}, {"Condition": "Deep"}]},
            "Flag": {"Fn::Equals": [{"Ref": "Flag"}, True]},
            "FlagText": {"Fn::Equals": [{"Ref": "Flag"}, "true"]},
            "Number": {"Fn::Equals": [ENV, 1]},
            "Loop": {"Fn::Not": [{"Condition": "Loop"}]},
            "Round": {"Fn::And": [{"Condition": "About"}, {"Condition": "Prod"}]},
            "About": {"Condition": "Round"},
            "Always": {"Fn::Equals": ["a", "a"]},
            "Broken": {"Fn::And": "x"},
            "Empty": {"Fn::And": []},
            "Text": "Prod",
        }
    }
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Prod", None),
        (None, None),
        ("Prod", "Prod"),
        ("Unknown", "Unknown"),
        ("Prod", "AlsoProd"),
        ("AlsoProd", "Alias"),
        ("Alias", "Prod"),
        ("ProdCert", "Prod"),
        ("ProdCert", "Cert"),
        ("Deep", "Cert"),
        ("Deep", "AlsoProd"),
        ("Dev", "NotProd"),
        ("Prod", "Either"),
        ("Neither", "NotProd"),
        ("OneOfTwo", "Cert"),
        ("OneOfTwo", "ProdCert"),
        ("Flag", "FlagText"),
        ("Round", "Prod"),
        (None, "Always"),
    ],
)
def test_implied(a: str | None, b: str | None) -> None:
    assert LOGIC.implies(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (None, "Prod"),
        ("Prod", "ProdCert"),
        ("Either", "Prod"),
        ("NotProd", "Dev"),
        ("Cert", "Prod"),
        ("Prod", "NotProd"),
        ("Number", "NotProd"),  # how CloudFormation writes a number is not known
        ("Prod", "Loop"),
        ("Prod", "Broken"),
        (None, "Empty"),
        ("Text", "Prod"),
        ("Prod", "Unknown"),
    ],
)
def test_not_implied(a: str | None, b: str | None) -> None:
    assert not LOGIC.implies(a, b)


FORMULAS = st.recursive(
    st.sampled_from(["P", "Q", "R"]).map(lambda name: {"Fn::Equals": [{"Ref": name}, "true"]})
    | st.sampled_from(["C0", "C1", "C2"]).map(lambda name: {"Condition": name}),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda items: {"Fn::And": items})
        | st.lists(inner, min_size=2, max_size=3).map(lambda items: {"Fn::Or": items})
        | inner.map(lambda item: {"Fn::Not": [item]})
    ),
    max_leaves=6,
)


@given(st.tuples(FORMULAS, FORMULAS, FORMULAS, FORMULAS))
def test_implication_is_sound(formulas: tuple[Any, ...]) -> None:
    conditions = {f"C{index}": formula for index, formula in enumerate(formulas)}
    template = Template({"Conditions": conditions})

    def true(expression: Any, world: dict[str, bool], depth: int = 0) -> bool:
        if depth > 30:
            raise RecursionError  # a circle of definitions: no such template
        ((name, body),) = expression.items()
        if name == "Condition":
            return true(conditions[body], world, depth + 1)
        if name == "Fn::Equals":
            return world[body[0]["Ref"]]
        found = [true(item, world, depth + 1) for item in body]
        return not found[0] if name == "Fn::Not" else all(found) if name == "Fn::And" else any(found)

    worlds = [{"P": bool(n & 1), "Q": bool(n & 2), "R": bool(n & 4)} for n in range(8)]
    try:
        truths = {name: [true({"Condition": name}, world) for world in worlds] for name in conditions}
    except RecursionError:
        return
    for a in conditions:
        for b in conditions:
            if template.implies(a, b):
                assert all(there or not here for here, there in zip(truths[a], truths[b], strict=True))


def test_conditions_on_a_path() -> None:
    choice = {"Fn::If": ["Dev", {"Fn::If": ["Cert", "x", "y"]}, "z"]}
    data = {
        "Conditions": LOGIC.conditions,
        "Resources": {"R": {"Condition": "ProdCert", "Properties": {"P": choice}}},
        "Outputs": {"O": {"Condition": "Dev", "Value": choice}},
    }
    template = Template(data)
    value = ("Resources", "R", "Properties", "P")
    assert template.condition_of(value) == "ProdCert"
    assert template.condition_of(("Outputs", "O")) == "Dev"
    assert template.condition_of(("Conditions", "Dev")) is None
    assert template.conditions_on(value) == {("ProdCert", True)}
    inner = (*value, "Fn::If", 1, "Fn::If", 2)
    assert template.conditions_on(inner) == {("ProdCert", True), ("Dev", True), ("Cert", False)}
    assert template.holds_at((*value, "Fn::If", 2), "Prod")
    assert template.holds_at((*value, "Fn::If", 2), "NotProd", False)
    assert template.holds_at(("Outputs", "O", "Value", "Fn::If", 1, "Fn::If", 2), "Cert", False)
    assert not template.holds_at(("Outputs", "O", "Value", "Fn::If", 2), "Cert")
    assert template.holds_at(value, None)


# -- names


def test_fresh_id() -> None:
    template = Template(
        {
            "Parameters": {"Stage": {}},
            "Conditions": {"HasStage": {}},
            "Resources": {
                "Bucket": {},
                "Bucket2": "broken",
                "Fn::ForEach::Loop": ["Variable", [], {}],
                "Q": {"Properties": {"X": {"Ref": "Missing"}}},
            },
            "Outputs": {"Url": {}},
        }
    )
    assert template.fresh_id("Bucket") == "Bucket3"
    assert template.fresh_id("Stage") == "Stage2"
    assert template.fresh_id("Bucket", "Parameters") == "Bucket3"
    assert template.fresh_id("HasStage") == "HasStage"
    assert template.fresh_id("HasStage", "Conditions") == "HasStage2"
    assert template.fresh_id("Bucket", "Outputs") == "Bucket"
    assert template.fresh_id("Url", "Outputs", taken=("Url2",)) == "Url3"
    assert template.fresh_id("Missing") == "Missing2"
    assert [template.fresh_id("Loop"), template.fresh_id("Variable")] == ["Loop2", "Variable2"]
    assert template.fresh_id("my-new_bucket!") == "mynewbucket"
    assert template.fresh_id("--", "Outputs") == "Output"


def test_fresh_id_keeps_the_longest_length() -> None:
    template = resources(**{"A" * 255: {}})
    assert template.fresh_id("A" * 300) == "A" * 254 + "2"


# -- after a change


def test_after_a_change_only_what_changed_is_looked_at_again() -> None:
    data = {"Resources": {"A": {"Type": "T", "Properties": {"X": {"Ref": "B"}}}, "B": {"Type": "T"}}}
    template = Template(data)
    looked: list[object] = []

    def look(path: Path, value: Value) -> int:
        looked.append(path)
        return len(looked)

    def all_seen(template: Template) -> list[int]:
        return [template.seen(look, path, value) for path, value in template.entries()]

    assert all_seen(template) == all_seen(template) == [1, 2]
    new = {"Resources": {**data["Resources"], "B": {"Type": "T", "DependsOn": "A"}}}
    assert all_seen(template.after(new)) == [1, 3]
    assert looked == [("Resources", "A"), ("Resources", "B"), ("Resources", "B")]


def test_what_is_known_of_an_entry_depends_on_what_is_given() -> None:
    template = Template({"Resources": {"A": {}}})
    path, value = ("Resources", "A"), {"x": 1}
    assert template.seen(told, path, value, 1) == 1
    assert template.seen(told, path, value, 2) == 2


def told(path: Path, value: Value, given: int) -> int:
    return given


def test_references_after_a_change_are_those_of_a_new_template() -> None:
    sam = {"Type": "AWS::Serverless::Function", "Properties": {"Events": {"E": {"Properties": {"RestApiId": "Api"}}}}}
    resources: dict[str, Value] = {"F": sam, "Role": {"Type": "T", "Properties": {"A": {"Fn::Sub": "${F.Arn}"}}}}
    before = Template({"Resources": resources, "Outputs": {"O": {"Value": {"Ref": "F"}}}})
    assert not before.references_to("Api")
    after = {"Resources": {**resources, "Api": {"Type": "AWS::Serverless::Api"}}, "Outputs": before.data["Outputs"]}
    assert before.after(after).references == Template(after).references
    assert before.after(after).references_to("Api")
