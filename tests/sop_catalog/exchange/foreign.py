"""Files in the manner of other people's tools, written by us: what each writes otherwise than we do, in few lines.

`FOREIGN` is name → bytes. Names, people and addresses in them are invented.
"""

from __future__ import annotations

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
UTF8 = '<?xml version="1.0" encoding="UTF-8"?>\n'


def spaces(prefix: str, **more: str) -> str:
    """The declarations at the top; an empty prefix is the default namespace."""
    own = f'xmlns:{prefix}="{MODEL}"' if prefix else f'xmlns="{MODEL}"'
    di = f'xmlns:bpmndi="{DI}" xmlns:dc="{DC}" xmlns:di="{DD}" xmlns:xsi="{XSI}"'
    return " ".join([own, di, *(f'xmlns:{name}="{uri}"' for name, uri in more.items())])


def shape(element: str, x: float, y: float, w: float = 100, h: float = 80, more: str = "", inside: str = "") -> str:
    box = f'<dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}"/>'
    return f'<bpmndi:BPMNShape id="{element}_di" bpmnElement="{element}"{more}>{box}{inside}</bpmndi:BPMNShape>'


def edge(element: str, *points: tuple[float, float], more: str = "", inside: str = "") -> str:
    way = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
    return f'<bpmndi:BPMNEdge id="{element}_di" bpmnElement="{element}"{more}>{way}{inside}</bpmndi:BPMNEdge>'


def picture(of: str, *drawn: str, name: str = "d", more: str = "") -> str:
    plane = f'<bpmndi:BPMNPlane id="{name}_plane" bpmnElement="{of}">{"".join(drawn)}</bpmndi:BPMNPlane>'
    return f'<bpmndi:BPMNDiagram id="{name}"{more}>{plane}</bpmndi:BPMNDiagram>'


LINE = picture(
    "proses",
    shape("s", 100, 100, 36, 36),
    shape("t", 200, 80),
    shape("e", 400, 100, 36, 36),
    edge("f1", (136, 118), (200, 118)),
    edge("f2", (300, 118), (400, 118)),
)


def line(prefix: str, task: str, start: str = "", head: str = 'id="proses" isExecutable="true"', more: str = "") -> str:
    """A start, one task and an end; `task` is the whole element."""
    p = f"{prefix}:" if prefix else ""
    begin = start or f'<{p}startEvent id="s"><{p}outgoing>f1</{p}outgoing></{p}startEvent>'
    return (
        f"<{p}process {head}>{begin}{task}"
        f'<{p}endEvent id="e"><{p}incoming>f2</{p}incoming></{p}endEvent>'
        f'<{p}sequenceFlow id="f1" sourceRef="s" targetRef="t"/><{p}sequenceFlow id="f2" sourceRef="t" targetRef="e"/>'
        f"{more}</{p}process>"
    )


def file(prefix: str, inside: str, top: str = "", head: str = UTF8, **more: str) -> str:
    p = f"{prefix}:" if prefix else ""
    return f'{head}<{p}definitions {spaces(prefix, **more)} targetNamespace="http://contoh.test/bpmn" id="defs"{top}>{inside}</{p}definitions>'


def _camunda_7() -> str:
    task = (
        '<bpmn:userTask id="t" name="Periksa" camunda:assignee="${pengaju}" camunda:candidateGroups="petugas,kepala">'
        '<bpmn:documentation textFormat="text/plain">Lihat &lt;berkas&gt;</bpmn:documentation><bpmn:extensionElements>'
        '<camunda:formData><camunda:formField id="umur" label="Umur" type="long"/></camunda:formData>'
        '<camunda:taskListener event="create"><camunda:script scriptFormat="groovy"><![CDATA[a < b && c]]></camunda:script>'
        "</camunda:taskListener><camunda:properties><camunda:property name='warna' value='biru'/></camunda:properties>"
        "</bpmn:extensionElements></bpmn:userTask>"
    )
    top = ' exporter="Camunda Modeler" exporterVersion="5.20.0" modeler:executionPlatform="Camunda Platform" modeler:executionPlatformVersion="7.20.0"'
    spaces_ = {"camunda": "http://camunda.org/schema/1.0/bpmn", "modeler": "http://camunda.org/schema/modeler/1.0"}
    return file(
        "bpmn",
        line("bpmn", task, head='id="proses" isExecutable="true" camunda:historyTimeToLive="180"') + LINE,
        top,
        **spaces_,
    )


def _zeebe() -> str:
    task = (
        '<bpmn:serviceTask id="t" name="Kirim"><bpmn:extensionElements><zeebe:taskDefinition type="surel" retries="3"/>'
        '<zeebe:ioMapping><zeebe:input source="=nama" target="kepada"/></zeebe:ioMapping><zeebe:taskHeaders>'
        '<zeebe:header key="a" value="b"/></zeebe:taskHeaders></bpmn:extensionElements><bpmn:multiInstanceLoopCharacteristics>'
        '<bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=orang" inputElement="satu"/></bpmn:extensionElements>'
        "</bpmn:multiInstanceLoopCharacteristics></bpmn:serviceTask>"
    )
    return file(
        "bpmn",
        line("bpmn", task) + LINE,
        ' exporter="Camunda Web Modeler"',
        zeebe="http://camunda.org/schema/zeebe/1.0",
    )


def _signavio() -> str:
    task = (
        '<task completionQuantity="1" id="t" implementation="##unspecified" isForCompensation="false" name="Terima&#10;berkas" startQuantity="1">'
        '<documentation id="sid-doc" textFormat="text/html"><![CDATA[<p>Penting</p>]]></documentation><extensionElements>'
        '<signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffcc"/><signavio:signavioMetaData metaKey="risiko" metaValue="{&quot;a&quot;:1}"/>'
        "<signavio:signavioLabel ref='text_name' x='1.0' y='2.0' valign='middle'/></extensionElements><incoming>f1</incoming><outgoing>f2</outgoing></task>"
    )
    return file(
        "",
        line("", task, head='id="proses" isClosed="false" isExecutable="false" processType="None" name=""') + LINE,
        ' exporter="Signavio Process Editor, http://www.signavio.com" expressionLanguage="http://www.w3.org/TR/XPath" typeLanguage="http://www.w3.org/2001/XMLSchema" '
        f'xsi:schemaLocation="{MODEL} http://www.omg.org/spec/BPMN/2.0/20100501/BPMN20.xsd"',
        signavio="http://www.signavio.com",
    )


def _bizagi() -> str:
    pools = (
        '<process id="Id_a" name="Proses Utama"><documentation /></process><collaboration id="Diagrama_1" name="Diagram 1" isClosed="false">'
        '<participant id="Id_p1" name="Proses Utama" processRef="Id_a"><extensionElements><bizagi:BizagiExtensions xmlns="http://www.bizagi.com/bpmn20">'
        '<bizagi:BizagiProperties><bizagi:BizagiProperty name="bgColor" value="White"/></bizagi:BizagiProperties></bizagi:BizagiExtensions></extensionElements></participant>'
        '<participant id="Id_p2" name="Pemohon" processRef="proses"/></collaboration>'
    )
    task = '<task id="t" name="Terima" startQuantity="1"><documentation/><incoming>f1</incoming><outgoing>f2</outgoing></task>'
    return file(
        "",
        pools + line("", task, head='id="proses" name="Pemohon"'),
        bizagi="http://www.bizagi.com/bpmn20",
        xsd="http://www.w3.org/2001/XMLSchema",
    )


def _aris() -> str:
    lanes = (
        '<semantic:laneSet id="ls"><semantic:lane id="l1" name="Bagian Umum" partitionElementRef="pe1"><semantic:childLaneSet id="cls">'
        '<semantic:lane id="l11" name="Loket"><semantic:flowNodeRef>s</semantic:flowNodeRef><semantic:flowNodeRef>t</semantic:flowNodeRef></semantic:lane>'
        '<semantic:lane id="l12" name="Kepala"><semantic:flowNodeRef>e</semantic:flowNodeRef></semantic:lane></semantic:childLaneSet></semantic:lane></semantic:laneSet>'
    )
    task = '<semantic:manualTask id="t" name="Terima"><semantic:extensionElements><aris:attr type="AT_DESC" locale="id_ID">Uraian</aris:attr></semantic:extensionElements></semantic:manualTask>'
    return file(
        "semantic",
        line("semantic", task).replace(">", f">{lanes}", 1) + LINE,
        ' exporter="ARIS Architect" name="Model"',
        aris="http://www.softwareag.com/aris/bpmn2",
    )


def _draw_io() -> str:
    drawn = "".join([shape("s", 0.5, -20.25, 36, 36), shape("t", 100.0, 1e2, 120.0, 60), shape("e", 300, 10, 36, 36)])
    return file(
        "bpmn",
        line("bpmn", '<bpmn:task id="t" name="A &amp; B &lt;c&gt;"/>')
        + picture("proses", drawn, more=' name="Page-1" resolution="96.5"'),
        "",
        UTF8 + "<!-- draw.io -->\n",
    )


def _bpmn_io() -> str:
    colour = ' bioc:stroke="#1e88e5" bioc:fill="#bbdefb" color:background-color="#bbdefb" color:border-color="#1e88e5"'
    label = (
        '<bpmndi:BPMNLabel color:color="#1e88e5"><dc:Bounds x="10" y="20" width="30" height="14"/></bpmndi:BPMNLabel>'
    )
    drawn = [
        shape("s", 10, 10, 36, 36, colour, label),
        shape("t", 100, 10, more=colour),
        shape("e", 300, 10, 36, 36),
        shape("n", 100, 200, 100, 30),
    ]
    drawn += [
        edge("f1", (46, 28), (100, 28), inside="<bpmndi:BPMNLabel />"),
        edge("f2", (200, 28), (300, 28)),
        edge("as", (150, 90), (150, 200)),
    ]
    notes = '<bpmn:textAnnotation id="n" textFormat="text/plain"><bpmn:text>Catatan\nbaris kedua</bpmn:text></bpmn:textAnnotation><bpmn:association id="as" associationDirection="None" sourceRef="t" targetRef="n"/>'
    return file(
        "bpmn",
        line("bpmn", '<bpmn:userTask id="t" name="Catat"/>', more=notes) + picture("proses", *drawn),
        bioc="http://bpmn.io/schema/bpmn/biocolor/1.0",
        color="http://www.omg.org/spec/BPMN/non-normative/color/1.0",
    )


def _flowable() -> str:
    task = (
        '<userTask id="t" name="Setujui" flowable:candidateGroups="kepala" flowable:formKey="f"><extensionElements>'
        "<flowable:executionListener event='start' class='org.contoh.Dengar'/><modeler:activiti-idm-candidate-group xmlns:modeler=\"http://flowable.org/modeler\"><![CDATA[true]]></modeler:activiti-idm-candidate-group>"
        "</extensionElements></userTask>"
    )
    return file(
        "",
        line("", task, '<startEvent id="s" flowable:initiator="pengaju" flowable:formFieldValidation="true"/>') + LINE,
        flowable="http://flowable.org/bpmn",
    )


def _activiti() -> str:
    task = '<serviceTask id="t" activiti:type="mail"><extensionElements><activiti:field name="to" stringValue="a@contoh.test"/><activiti:field name="html"><activiti:expression><![CDATA[<b>${x}</b>]]></activiti:expression></activiti:field></extensionElements></serviceTask>'
    return file("", line("", task) + LINE, activiti="http://activiti.org/bpmn")


def _jbpm() -> str:
    io = (
        '<bpmn2:ioSpecification id="io"><bpmn2:dataInput id="t_in" drools:dtype="String" itemSubjectRef="_tItem" name="TaskName"/>'
        '<bpmn2:dataOutput id="t_out" name="hasil"/><bpmn2:inputSet id="is"><bpmn2:dataInputRefs>t_in</bpmn2:dataInputRefs></bpmn2:inputSet>'
        '<bpmn2:outputSet id="os"><bpmn2:dataOutputRefs>t_out</bpmn2:dataOutputRefs></bpmn2:outputSet></bpmn2:ioSpecification>'
        '<bpmn2:dataInputAssociation id="dia"><bpmn2:targetRef>t_in</bpmn2:targetRef><bpmn2:assignment id="asg">'
        '<bpmn2:from xsi:type="bpmn2:tFormalExpression" id="fr"><![CDATA[Nama]]></bpmn2:from><bpmn2:to xsi:type="bpmn2:tFormalExpression" id="to">t_in</bpmn2:to></bpmn2:assignment></bpmn2:dataInputAssociation>'
    )
    task = f'<bpmn2:userTask id="t" name="Isi" drools:priority="1"><bpmn2:extensionElements><drools:metaData name="elementname"><drools:metaValue><![CDATA[Isi]]></drools:metaValue></drools:metaData></bpmn2:extensionElements>{io}</bpmn2:userTask>'
    items = '<bpmn2:itemDefinition id="_tItem" structureRef="String"/>'
    rel = '<bpmn2:relationship id="rel" type="BPSimData"><bpmn2:extensionElements><bpsim:BPSimData><bpsim:Scenario id="default" name="Sim"/></bpsim:BPSimData></bpmn2:extensionElements><bpmn2:source>proses</bpmn2:source><bpmn2:target>proses</bpmn2:target></bpmn2:relationship>'
    body = line(
        "bpmn2",
        task,
        head='id="proses" drools:packageName="org.contoh" drools:version="1.0" isExecutable="true" processType="Public"',
    )
    return file(
        "bpmn2",
        items + body + LINE + rel,
        ' exporter="jBPM Process Modeler"',
        drools="http://www.jboss.org/drools",
        bpsim="http://www.bpsim.org/schemas/1.0",
    )


def _adonis() -> str:
    task = '<task id="t" name="Prüfen"><extensionElements><adonis:modelAttributes><adonis:attribute name="Beschreibung" type="STRING">Länge  zwei</adonis:attribute></adonis:modelAttributes></extensionElements></task>'
    return file(
        "",
        line("", task) + LINE,
        ' exporter="ADONIS" exporterVersion="13.0"',
        adonis="http://www.boc-eu.com/BPMN_Extensions/ADONIS",
    )


def _visio() -> str:
    body = line(
        "",
        '<task id="t" name="Tugas"><extensionElements><v:shapeData v:id="12"><v:cp v:nameU="BpmnId" v:val="VT4(abc)"/></v:shapeData></extensionElements></task>',
    )
    return (
        file("", LINE + body, v="http://schemas.microsoft.com/visio/2003/SVGExtensions/")
        .replace("\n", "\r\n")
        .replace("><", ">\r\n\t<")
    )


def _ibm() -> str:
    task = '<ns0:task id="t" name="Review"><ns0:extensionElements><ns3:userTaskSettings><ns3:priority>High</ns3:priority></ns3:userTaskSettings></ns0:extensionElements></ns0:task>'
    imp = '<ns0:import importType="http://www.w3.org/2001/XMLSchema" location="order.xsd" namespace="http://contoh.test/order"/>'
    return file(
        "ns0",
        imp + line("ns0", task) + LINE,
        ns3="http://www.ibm.com/xmlns/prod/bpm/bpmn/ext/process",
        ns4="http://contoh.test/order",
    )


def _trisotech() -> str:
    task = '<semantic:businessRuleTask id="t" name="Nilai" implementation="http://www.omg.org/spec/DMN/20151101/dmn.xsd"><semantic:extensionElements><triso:decision uri="dmn/1" itemType="http://www.omg.org/spec/CMMN/DefinitionType/CMISFolder"/><trisobpmn:Note>x</trisobpmn:Note></semantic:extensionElements></semantic:businessRuleTask>'
    drawn = picture("proses", shape("t", 1, 2, inside="<bpmndi:BPMNLabel labelStyle='ls1'/>"), name="dd").replace(
        "</bpmndi:BPMNDiagram>",
        '<bpmndi:BPMNLabelStyle id="ls1"><dc:Font name="arial,helvetica" size="8.0" isBold="false"/></bpmndi:BPMNLabelStyle></bpmndi:BPMNDiagram>',
    )
    return file(
        "semantic",
        line("semantic", task) + drawn,
        triso="http://www.trisotech.com/2015/triso/modeling",
        trisobpmn="http://www.trisotech.com/2014/triso/bpmn",
    )


def _choreography() -> str:
    body = (
        '<choreography id="ch" name="Koreografi"><participant id="pa" name="A"/><participant id="pb" name="B"/><messageFlow id="mf" sourceRef="pa" targetRef="pb" messageRef="m"/>'
        '<startEvent id="s"/><choreographyTask id="ct" name="Tanya" initiatingParticipantRef="pa"><participantRef>pa</participantRef><participantRef>pb</participantRef><messageFlowRef>mf</messageFlowRef></choreographyTask>'
        '<endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="ct"/><sequenceFlow id="f2" sourceRef="ct" targetRef="e"/></choreography><message id="m" name="Tanya"/>'
    )
    drawn = picture(
        "ch",
        shape("s", 10, 40, 36, 36),
        shape("ct", 100, 10),
        shape(
            "pa",
            100,
            10,
            100,
            20,
            ' participantBandKind="top_initiating" choreographyActivityShape="ct_di" isMessageVisible="true"',
        ),
        shape("e", 300, 40, 36, 36),
        edge("f1", (46, 58), (100, 58)),
        edge("f2", (200, 58), (300, 58)),
    )
    return file("", body + drawn)


def _conversation() -> str:
    body = (
        '<collaboration id="c"><participant id="pa" name="Pemohon"/><participant id="pb" name="Kantor"><participantMultiplicity minimum="1" maximum="5"/></participant>'
        '<conversation id="cv" name="Permohonan"><participantRef>pa</participantRef><participantRef>pb</participantRef></conversation>'
        '<conversationLink id="cl" sourceRef="pa" targetRef="cv"/></collaboration>'
    )
    return file(
        "",
        body
        + picture(
            "c",
            shape("pa", 10, 10),
            shape("pb", 300, 10),
            shape("cv", 180, 30, 40, 35),
            edge("cl", (110, 50), (180, 48)),
        ),
    )


def _data() -> str:
    more = (
        '<dataObject id="do" name="Berkas" isCollection="true" itemSubjectRef="it"/><dataObjectReference id="dor" name="Berkas" dataObjectRef="do"><dataState id="st" name="lengkap"/></dataObjectReference>'
        '<dataStoreReference id="dsr" name="Arsip" dataStoreRef="ds"/><group id="g" categoryValueRef="cv1"/>'
    )
    task = '<userTask id="t"><ioSpecification><dataInput id="di1"/><inputSet><dataInputRefs>di1</dataInputRefs></inputSet><outputSet/></ioSpecification><dataInputAssociation id="dia"><sourceRef>dor</sourceRef><targetRef>di1</targetRef></dataInputAssociation></userTask>'
    around = '<itemDefinition id="it" itemKind="Information" isCollection="true"/><category id="cat" name="Kategori"><categoryValue id="cv1" value="Tahap 1"/></category><dataStore id="ds" name="Arsip" capacity="10" isUnlimited="false"/>'
    drawn = picture(
        "proses",
        shape("dor", 10, 200, 36, 50),
        shape("dsr", 100, 200, 50, 50),
        shape("g", 0, 0, 500, 300),
        shape("t", 200, 80),
        shape("s", 100, 100, 36, 36),
        edge("dia", (30, 200), (200, 160)),
    )
    return file("", around + line("", task, more=more) + drawn)


def _several_diagrams() -> str:
    sub = '<subProcess id="t" name="Bagian"><startEvent id="si"/><endEvent id="ei"/><sequenceFlow id="fi" sourceRef="si" targetRef="ei"/></subProcess>'
    inner = picture(
        "t",
        shape("si", 10, 10, 36, 36),
        shape("ei", 100, 10, 36, 36),
        edge("fi", (46, 28), (100, 28)),
        name="dalam",
        more=' name="Bagian"',
    )
    return file("", line("", sub) + LINE.replace('bpmnElement="t">', 'bpmnElement="t" isExpanded="false">') + inner)


def _several_pools() -> str:
    def one(n: int) -> str:
        made = line("", f'<userTask id="t" name="Langkah {n}"/>').replace('"proses"', f'"proses{n}"')
        for each in ("s", "t", "e", "f1", "f2"):
            made = (
                made.replace(f'"{each}"', f'"{each}_{n}"')
                .replace(f"'{each}'", f'"{each}_{n}"')
                .replace(f">{each}<", f">{each}_{n}<")
            )
        return made

    pools = '<collaboration id="c"><participant id="p1" name="Satu" processRef="proses1"/><participant id="p2" name="Dua" processRef="proses2"/><messageFlow id="mf" name="surat" sourceRef="t_1" targetRef="t_2"/></collaboration>'
    drawn = [
        shape("p1", 0, 0, 600, 200, ' isHorizontal="true"'),
        shape("p2", 0, 300, 600, 200, ' isHorizontal="true"'),
        shape("t_1", 200, 60),
        shape("t_2", 200, 360),
        edge("mf", (250, 140), (250, 360)),
    ]
    return file("", pools + one(1) + one(2) + picture("c", *drawn))


def _di_extension() -> str:
    held = (
        '<di:extension><yed:geometry xmlns:yed="http://www.yworks.com/xml/yfiles-bpmn/2.0" radius="3"/></di:extension>'
    )
    drawn = picture(
        "proses",
        shape("t", 10, 10).replace("<dc:", f"{held}<dc:"),
        edge("f1", (0, 0), (5, 5), more=' sourceElement="s_di" targetElement="t_di" messageVisibleKind="initiating"'),
    )
    return file("", line("", '<task id="t"/>') + drawn)


def _out_of_order() -> str:
    return file(
        "",
        LINE
        + '<process id="proses"><sequenceFlow id="f1" sourceRef="s" targetRef="t"/><endEvent id="e"/><sequenceFlow id="f2" sourceRef="t" targetRef="e"/><!-- di tengah --><textAnnotation id="n"><text>x</text></textAnnotation><task id="t"/><laneSet id="ls"><lane id="l"><flowNodeRef>t</flowNodeRef></lane></laneSet><startEvent id="s"/></process><message id="m" name="M"/>',
    )


def _events() -> str:
    body = (
        '<message id="m" name="Surat" itemRef="it"/><signal id="sg" name="Sinyal" structureRef="it"/><error id="er" name="Galat" errorCode="E1" structureRef="it"/><escalation id="es" escalationCode="X"/><itemDefinition id="it"/>'
        '<process id="proses"><startEvent id="s" isInterrupting="true" parallelMultiple="false"><messageEventDefinition id="md" messageRef="m"><operationRef>op</operationRef></messageEventDefinition></startEvent>'
        '<boundaryEvent id="b" attachedToRef="t" cancelActivity="true"><timerEventDefinition id="td"><timeDuration xsi:type="tFormalExpression" id="dur">PT72H</timeDuration></timerEventDefinition></boundaryEvent>'
        '<userTask id="t" default="f2"/><intermediateThrowEvent id="th"><signalEventDefinition signalRef="sg"/></intermediateThrowEvent><endEvent id="e"><errorEventDefinition errorRef="er"/></endEvent>'
        '<eventBasedGateway id="eg" instantiate="false" eventGatewayType="Exclusive" gatewayDirection="Diverging"/><complexGateway id="cg"><activationCondition>x &gt; 1</activationCondition></complexGateway>'
        '<sequenceFlow id="f1" sourceRef="s" targetRef="t" isImmediate="true"/><sequenceFlow id="f2" sourceRef="t" targetRef="e"/></process><interface id="if" name="I"><operation id="op" name="O"><inMessageRef>m</inMessageRef></operation></interface>'
    )
    return file("", body).replace('eventGatewayType="Exclusive"', 'eventGatewayType="exclusive"')


def _conditions() -> str:
    more = '<exclusiveGateway id="g" default="g2"/><sequenceFlow id="g1" name="Ya" sourceRef="g" targetRef="e"><documentation>cabang</documentation><extensionElements><x:y a="1"/></extensionElements><conditionExpression xsi:type="tFormalExpression" language="http://java.sun.com/products/jsp" evaluatesToTypeRef="xsd:boolean"><![CDATA[${a > 1 && b < 2}]]></conditionExpression></sequenceFlow><sequenceFlow id="g2" sourceRef="g" targetRef="t"/>'
    return file("", line("", '<task id="t"/>', more=more), x="urn:x", xsd="http://www.w3.org/2001/XMLSchema")


def _loops() -> str:
    task = '<task id="t"><standardLoopCharacteristics id="sl" testBefore="false" loopMaximum="3"><loopCondition xsi:type="tFormalExpression">x</loopCondition></standardLoopCharacteristics></task>'
    more = '<adHocSubProcess id="ah" ordering="Parallel" cancelRemainingInstances="true"><task id="ta"/><completionCondition>selesai</completionCondition></adHocSubProcess><transaction id="tr" method="##Compensate"><task id="tb"/></transaction><callActivity id="ca" calledElement="lain" /><subProcess id="ev" triggeredByEvent="true"><startEvent id="es" isInterrupting="false"><timerEventDefinition><timeCycle>R3/PT10M</timeCycle></timerEventDefinition></startEvent></subProcess>'
    return file("", line("", task, more=more))


def _resources() -> str:
    task = '<userTask id="t"><potentialOwner id="po" name="petugas"><resourceRef>r</resourceRef><resourceAssignmentExpression id="rae"><formalExpression>group(a)</formalExpression></resourceAssignmentExpression></potentialOwner><rendering id="rd"/></userTask>'
    head = 'id="proses" processType="Private" isClosed="false" definitionalCollaborationRef="c"'
    return file(
        "",
        '<resource id="r" name="Petugas"><resourceParameter id="rp" name="a" type="xsd:string" isRequired="true"/></resource><globalUserTask id="gu" name="Global"/><partnerRole id="pr" name="Mitra"><participantRef>pa</participantRef></partnerRole><collaboration id="c"><participant id="pa"/></collaboration>'
        + line("", task, head=head, more='<property id="prop" name="p" itemSubjectRef="xsd:string"/>'),
        xsd="http://www.w3.org/2001/XMLSchema",
    )


def _comments() -> str:
    return (
        file(
            "bpmn",
            "<!-- kepala -->"
            + line(
                "bpmn",
                '<!-- sebelum --><bpmn:task id="t"><bpmn:extensionElements><!-- di dalam --><x:a/></bpmn:extensionElements></bpmn:task><!-- sesudah -->',
            )
            + "<!-- kaki -->"
            + LINE,
            "",
            UTF8 + "<!-- Dibuat\n oleh alat lain -->\n",
            x="urn:x",
        )
        + "\n<!-- akhir -->\n"
    )


def _mixed_content() -> str:
    return file(
        "",
        line(
            "",
            '<task id="t"><extensionElements><h:p xmlns:h="http://www.w3.org/1999/xhtml">Satu <h:b>dua</h:b> tiga<h:br/>empat</h:p></extensionElements></task>',
        )
        + LINE,
    )


def _unknown_bpmn() -> str:
    task = '<task id="t" x:warna="merah" bpmnBaru="1"><caseTaskBaru id="k" a="b"><isi>teks</isi></caseTaskBaru></task>'
    return file(
        "",
        line("", task, more='<quantumTask id="q" name="Baru"><incoming>f9</incoming></quantumTask>')
        + "<extension mustUnderstand='false' definition='x:warna'><documentation>d</documentation></extension>",
        x="urn:x",
    )


def _redeclared() -> str:
    task = '<b:userTask id="t"><b:extensionElements><a:x xmlns:a="urn:satu"><a:x xmlns:a="urn:dua" a:y="1"/></a:x><z xmlns="urn:tiga"/><w xmlns="" k="v"/></b:extensionElements></b:userTask>'
    return file("b", line("b", task) + LINE)


def _target_prefix() -> str:
    return file(
        "",
        '<message id="m" name="M"/>'
        + line(
            "",
            '<receiveTask id="t" messageRef="tns:m"><incoming>tns:f1</incoming></receiveTask>',
            more='<dataObject id="d" itemSubjectRef="tns:it"/>',
        )
        + '<itemDefinition id="it" structureRef="xsd:string"/>'
        + LINE.replace('bpmnElement="t"', 'bpmnElement="tns:t"'),
        tns="http://contoh.test/bpmn",
        xsd="http://www.w3.org/2001/XMLSchema",
    )


def _yaoqiang() -> str:
    task = '<task completionQuantity="1" id="t" isForCompensation="false" name="任务 ✓" startQuantity="1"><extensionElements><yaoqiang:style fillColor="#FFFFCC" strokeColor="#0099FF"/></extensionElements></task>'
    return file(
        "",
        line("", task)
        + LINE.replace(
            "/></bpmndi:BPMNShape>",
            "/><bpmndi:BPMNLabel><dc:Bounds height='18.96' width='32.0' x='-1.0' y='30.52'/></bpmndi:BPMNLabel></bpmndi:BPMNShape>",
        ),
        yaoqiang="http://bpmn.sourceforge.net",
        tns="http://contoh.test/bpmn",
    )


FOREIGN: dict[str, bytes] = {
    "camunda-7": _camunda_7().encode(),
    "camunda-8-zeebe": _zeebe().encode(),
    "signavio": _signavio().encode(),
    "bizagi": _bizagi().encode("utf-8-sig"),
    "aris-nested-lanes": _aris().encode(),
    "draw-io": _draw_io().encode(),
    "bpmn-io-colours": _bpmn_io().encode(),
    "flowable": _flowable().encode(),
    "activiti": _activiti().encode(),
    "jbpm": _jbpm().encode(),
    "adonis-iso-8859-1": _adonis().replace("UTF-8", "ISO-8859-1").encode("iso-8859-1"),
    "visio-windows-lines": _visio().encode(),
    "ibm": _ibm().encode(),
    "trisotech-dmn": _trisotech().encode(),
    "choreography": _choreography().encode(),
    "conversation": _conversation().encode(),
    "data-and-groups": _data().encode(),
    "several-diagrams": _several_diagrams().encode(),
    "several-pools": _several_pools().encode(),
    "di-extension": _di_extension().encode(),
    "out-of-order": _out_of_order().encode(),
    "events": _events().encode(),
    "conditions-cdata": _conditions().encode(),
    "loops": _loops().encode(),
    "resources": _resources().encode(),
    "comments": _comments().encode(),
    "mixed-content": _mixed_content().encode(),
    "unknown-elements": _unknown_bpmn().encode(),
    "prefixes-redeclared": _redeclared().encode(),
    "target-prefix": _target_prefix().encode(),
    "yaoqiang": _yaoqiang().encode(),
    "utf-16": _camunda_7().replace("UTF-8", "UTF-16").encode("utf-16"),
    "utf-16-said-utf-8-meant": _zeebe().replace("UTF-8", "utf-16").encode(),
    "instruction": _bpmn_io().replace("<bpmn:definitions", '<?bpmn-io layout="x"?><bpmn:definitions', 1).encode(),
    "windows-1252": _adonis().replace("UTF-8", "windows-1252").replace("Länge", "„Länge“").encode("cp1252"),
}
